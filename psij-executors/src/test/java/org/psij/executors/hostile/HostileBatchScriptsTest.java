package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.executors.Soak;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.ScriptPreview;

/** The scripts of all dialects, run by bash as a scheduler would: values arrive, none is obeyed. */
@Tag("attack")
final class HostileBatchScriptsTest {
  private static final List<String> DIALECTS =
      List.of("slurm", "pbs", "pbs_classic", "gridengine", "lsf");

  /** What tells a script that a scheduler runs it. */
  private static final Map<String, String> ALLOCATION =
      Map.of(
          "SLURM_JOB_ID", "1",
          "SLURM_JOB_NODELIST", "n1",
          "PBS_JOBID", "1",
          "JOB_ID", "1",
          "LSB_JOBID", "1");

  private static final int JOBS = Soak.cases(10, 200);

  private static HostileFolder folder;
  private static final Map<String, JobExecutor> EXECUTORS = new LinkedHashMap<>();
  private static int cases;

  @BeforeContainer
  static void open() throws IOException {
    folder = new HostileFolder();
    BatchExecutorConfig config =
        BatchExecutorConfig.builder().workDirectory(folder.work()).withoutHints().build();
    DIALECTS.forEach(
        name -> EXECUTORS.put(name, JobExecutor.getInstance(name, null, null, config)));
  }

  @AfterContainer
  static void close() throws IOException {
    EXECUTORS.values().forEach(JobExecutor::close);
    folder.assertNobodyObeyed();
    folder.close();
    System.out.printf("%d hostile values through the scripts of %s%n", cases, DIALECTS);
  }

  @Provide
  Arbitrary<List<HostileValues>> values() {
    return HostileValues.of(80, 40).list().ofSize(JOBS);
  }

  @Provide
  Arbitrary<String> locales() {
    return Arbitraries.of("", "C", "C.UTF-8", "ja_JP.SJIS");
  }

  @Property(tries = 5, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void carryEveryValueAndNoOtherDirective(
      @ForAll("values") List<HostileValues> values, @ForAll("locales") String locale)
      throws Exception {
    for (int i = 0; i < values.size(); i++) {
      assertCarries(DIALECTS.get(i % DIALECTS.size()), values.get(i), locale);
    }
  }

  private static void assertCarries(String dialect, HostileValues values, String locale)
      throws Exception {
    HostileJob hostile = HostileJob.scripted(values, folder.forJob());
    Job job = new Job(hostile.spec().name("fixed").build());
    String script = script(dialect, job);

    assertThat(directives(script)).isEqualTo(directives(script(dialect, harmless(values))));
    assertThat(run(dialect, job, script, locale)).endsWith("COMPLETED exit=0");
    hostile.assertArrived();
    cases += hostile.cases();
  }

  private static Job harmless(HostileValues values) {
    return new Job(
        JobSpec.builder("/bin/true").name("fixed").inheritEnvironment(values.inherits()).build());
  }

  private static String script(String dialect, Job job) {
    return EXECUTORS
        .get(dialect)
        .capability(ScriptPreview.class)
        .orElseThrow()
        .preview(job)
        .script();
  }

  /** The lines that some scheduler might read, wherever they stand. */
  private static List<String> directives(String script) {
    return List.of(script.split("\n", -1)).stream()
        .filter(line -> line.matches("\\s*#(SBATCH|PBS|BSUB|\\$|@).*"))
        .toList();
  }

  /** Runs a script and gives the last line that it has written into its status file. */
  private static String run(String dialect, Job job, String script, String locale)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectories(folder.work().resolve(dialect).resolve(job.getId()));
    Path file = Files.writeString(directory.resolve("job.sh"), script);
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", file.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    builder.environment().putAll(ALLOCATION);
    if (locale.isEmpty()) {
      builder.environment().remove("LC_ALL");
    } else {
      builder.environment().put("LC_ALL", locale);
    }
    assertThat(builder.start().waitFor(1, TimeUnit.MINUTES)).isTrue();
    List<String> lines = Files.readAllLines(directory.resolve("status.1"));
    return lines.get(lines.size() - 1);
  }
}
