package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobSpec;
import org.psij.serialize.JsonJobSpecSerializer;
import picocli.CommandLine;

/** The commands that run nothing. */
final class CommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine psij = Main.commandLine();
    psij.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return psij.execute(arguments);
  }

  private String write(String text) throws Exception {
    return Files.writeString(folder.resolve("job.json"), text).toString();
  }

  @Test
  void specPrintsWhatTheOptionsSay() {
    int exitCode =
        run(
            "spec",
            "--duration",
            "1.5h",
            "--node-count",
            "2",
            "--processes-per-node",
            "3",
            "--memory",
            "1024",
            "--queue-name",
            "debug",
            "--attribute",
            "slurm.constraint=a=b",
            "--attribute",
            "slurm.requeue",
            "--no-inherit-environment",
            "--name",
            "n",
            "./sim",
            "--duration",
            "x");
    assertThat(exitCode).isZero();
    JobSpec spec = new JsonJobSpecSerializer().loads(out.toString());
    assertThat(spec.getArguments()).isEqualTo(List.of("--duration", "x"));
    assertThat(spec.getAttributes().getDuration()).isEqualTo(Duration.ofMinutes(90));
    assertThat(spec.getAttributes().getCustomAttributes())
        .containsEntry("slurm.constraint", "a=b")
        .containsEntry("slurm.requeue", null);
    assertThat(spec.isInheritEnvironment()).isFalse();
    assertThat(out.toString())
        .contains("\"node_count\":2,\"processes_per_node\":3,\"memory\":1024");
  }

  @Test
  void badOptionValuesAreNamed() {
    assertThat(run("spec", "--duration", "5 x", "--", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("attributes.duration", "'5 x'").doesNotContain("org.psij");
    assertThat(run("spec", "--process-count", "0", "--", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("resources.process_count", "was 0");
  }

  @Test
  void validateNamesThePlaceOfTheError() throws Exception {
    String file = write("{\"executable\": \"/bin/true\", \"resources\": {\"__version\": 2}}");
    assertThat(run("validate", file)).isEqualTo(2);
    assertThat(err.toString()).contains("resources.__version: must be 1, was 2");
    assertThat(run("validate", "--json", file)).isEqualTo(2);
    assertThat(out.toString()).contains("\"valid\":false", "\"field\":\"resources.__version\"");
  }

  @Test
  void validateChecksWhatOnlyASubmissionShows() throws Exception {
    assertThat(run("validate", write("{\"attributes\": {}}"))).isEqualTo(2);
    assertThat(err.toString()).contains("executable");
    assertThat(run("validate", write("{\"executable\": \"a\", \"launcher\": \"nope\"}")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("nope");
  }

  @Test
  void validDocumentIsValid() throws Exception {
    String file = write("{\"executable\": \"/bin/true\", \"attributes\": {}}");
    assertThat(run("validate", file)).isZero();
    assertThat(out.toString()).contains("valid");
    assertThat(run("validate", folder.resolve("absent").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("absent");
  }

  @Test
  void pluginsAreListed() {
    assertThat(run("executors")).isZero();
    assertThat(out.toString()).contains("NAME", "local", "starts processes by ProcessBuilder");
    assertThat(run("launchers", "--json")).isZero();
    assertThat(out.toString())
        .contains("\"name\":\"mpirun\"", "\"name\":\"jsrun\"", "\"problem\":null");
  }

  @Test
  void helpTeaches() {
    assertThat(run("--help")).isZero();
    assertThat(run("run", "--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "Exit code:", "psij run -- /bin/echo hello");
    assertThat(run("completion")).isZero();
    assertThat(out.toString()).contains("_complete_psij");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Which command?");
  }
}
