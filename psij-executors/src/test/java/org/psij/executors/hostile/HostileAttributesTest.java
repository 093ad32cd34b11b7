package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.ScriptPreview;

/**
 * What the submit command is told about a job. A hostile value is one word of one option, as a
 * harmless one is, or it is refused with the name of its field.
 */
final class HostileAttributesTest {
  private static final String HARMLESS = "harmless";

  /** A custom attribute of each dialect whose value may be any text. */
  private static final Map<String, String> CUSTOM =
      Map.of(
          "slurm", "slurm.comment",
          "pbs", "pbs.M",
          "pbs_classic", "pbs_classic.M",
          "gridengine", "gridengine.M",
          "lsf", "lsf.Jd");

  private static HostileFolder folder;
  private static final Map<String, JobExecutor> EXECUTORS = new LinkedHashMap<>();
  private static int carried;
  private static int refused;

  /** What a value can be. */
  enum Field {
    NAME,
    QUEUE,
    ACCOUNT,
    RESERVATION,
    CUSTOM
  }

  @BeforeContainer
  static void open() throws IOException {
    folder = new HostileFolder();
    BatchExecutorConfig config =
        BatchExecutorConfig.builder().workDirectory(folder.work()).withoutHints().build();
    CUSTOM.keySet().stream()
        .sorted()
        .forEach(name -> EXECUTORS.put(name, JobExecutor.getInstance(name, null, null, config)));
  }

  @AfterContainer
  static void close() throws IOException {
    EXECUTORS.values().forEach(JobExecutor::close);
    folder.close();
    System.out.printf("%d hostile attributes carried, %d refused%n", carried, refused);
  }

  @Provide
  Arbitrary<String> values() {
    return HostileText.values().filter(value -> !value.isEmpty());
  }

  @Provide
  Arbitrary<String> dialects() {
    return Arbitraries.of(CUSTOM.keySet());
  }

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void areOneWordOrRefused(
      @ForAll("values") String value, @ForAll("dialects") String dialect, @ForAll Field field) {
    if (field == Field.RESERVATION && dialect.startsWith("pbs")) {
      return; // names a queue, or is not known at all
    }
    List<String> expected =
        words(dialect, field, HARMLESS).stream()
            .map(word -> word.replace(HARMLESS, value))
            .toList();
    try {
      assertThat(words(dialect, field, value)).isEqualTo(expected);
      carried++;
    } catch (InvalidJobException e) {
      assertThat(e.getField()).as("%s", e).isEqualTo(path(dialect, field));
      refused++;
    }
  }

  private static String path(String dialect, Field field) {
    return switch (field) {
      case NAME -> "name";
      case QUEUE -> "attributes.queue_name";
      case ACCOUNT -> "attributes.account";
      case RESERVATION -> "attributes.reservation_id";
      case CUSTOM -> "attributes.custom_attributes." + CUSTOM.get(dialect);
    };
  }

  /** All that the submit command is told, word by word. */
  private static List<String> words(String dialect, Field field, String value) {
    JobAttributes.Builder attributes = JobAttributes.builder();
    JobSpec.Builder spec = JobSpec.builder("/bin/true");
    switch (field) {
      case NAME -> spec.name(value);
      case QUEUE -> attributes.queueName(value);
      case ACCOUNT -> attributes.account(value);
      case RESERVATION -> attributes.reservationId(value);
      case CUSTOM -> attributes.customAttribute(CUSTOM.get(dialect), value);
    }
    Job job = new Job(spec.attributes(attributes.build()).build());
    ScriptPreview.Preview preview =
        EXECUTORS.get(dialect).capability(ScriptPreview.class).orElseThrow().preview(job);
    List<String> words = new ArrayList<>();
    for (String word : preview.submitCommand()) {
      words.add(word.replace(job.getId(), "ID"));
    }
    preview.script().lines().forEach(line -> words.addAll(directive(line)));
    return words;
  }

  private static List<String> directive(String line) {
    if (line.startsWith("#SBATCH")) {
      return DirectiveWords.ofSlurm(line.substring("#SBATCH".length()));
    }
    return line.startsWith("#PBS")
        ? DirectiveWords.ofPbs(line.substring("#PBS".length()))
        : List.of();
  }
}
