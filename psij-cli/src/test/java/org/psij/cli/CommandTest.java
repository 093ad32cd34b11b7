package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobSpec;
import org.psij.serialize.JsonJobSpecSerializer;

/** The commands that run nothing. */
final class CommandTest {
  @TempDir Path folder;
  private final CommandInThisJvm psij = new CommandInThisJvm();

  private String write(String text) throws Exception {
    return Files.writeString(folder.resolve("job.json"), text).toString();
  }

  @Test
  void specPrintsWhatTheOptionsSay() {
    int exitCode =
        psij.run(
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
    JobSpec spec = new JsonJobSpecSerializer().loads(psij.out());
    assertThat(spec.getArguments()).isEqualTo(List.of("--duration", "x"));
    assertThat(spec.getAttributes().getDuration()).isEqualTo(Duration.ofMinutes(90));
    assertThat(spec.getAttributes().getCustomAttributes())
        .containsEntry("slurm.constraint", "a=b")
        .containsEntry("slurm.requeue", null);
    assertThat(spec.isInheritEnvironment()).isFalse();
    assertThat(psij.out()).contains("\"node_count\":2,\"processes_per_node\":3,\"memory\":1024");
  }

  @Test
  void argumentOfTheJobThatBeginsWithAnAtSignIsItsOwn() throws Exception {
    String file = "@" + write("other words");
    assertThat(psij.run("spec", "--", "curl", "-d", file, "@@x")).isZero();
    assertThat(new JsonJobSpecSerializer().loads(psij.out()).getArguments())
        .isEqualTo(List.of("-d", file, "@@x"));
  }

  @Test
  void flagIsNoText() {
    assertThat(psij.run("script", "-e", "slurm", "--attribute", "slurm.requeue=true", "--", "a"))
        .as(psij.err())
        .isZero();
    assertThat(psij.out()).contains("#SBATCH --requeue\n");
    assertThat(psij.run("script", "-e", "lsf", "--attribute", "lsf.r=yes", "--", "a")).isEqualTo(2);
    assertThat(psij.err()).contains("attributes.custom_attributes.lsf.r", "'yes'");
  }

  @Test
  void valuesAreReadAsPeopleWriteThem() {
    assertThat(psij.run("spec", "--memory", "2.5 gib", "--duration", "1-12:00:00", "a")).isZero();
    JobSpec spec = new JsonJobSpecSerializer().loads(psij.out());
    assertThat(spec.getAttributes().getDuration()).isEqualTo(Duration.ofHours(36));
    assertThat(psij.out()).contains("\"memory\":2684354560");
    assertThat(psij.run("spec", "--memory", "4GB", "--duration", "30m", "a")).isZero();
    assertThat(psij.out()).contains("\"memory\":4294967296", "\"00:30:00\"");
  }

  @Test
  void badOptionValuesAreNamed() {
    assertThat(psij.run("spec", "--duration", "5 x", "--", "a")).isEqualTo(2);
    assertThat(psij.err()).contains("attributes.duration", "'5 x'").doesNotContain("org.psij");
    assertThat(psij.run("spec", "--process-count", "0", "--", "a")).isEqualTo(2);
    assertThat(psij.err()).contains("resources.process_count", "was 0");
    assertThat(psij.run("spec", "--node-count", "many", "--", "a")).isEqualTo(2);
    assertThat(psij.err()).contains("'--node-count': expected a whole number", "was 'many'");
    assertThat(psij.run("spec", "--memory", "4 gigs", "--", "a")).isEqualTo(2);
    assertThat(psij.err()).contains("'--memory'", "such as 512M", "was '4 gigs'");
  }

  @Test
  void validateNamesThePlaceOfTheError() throws Exception {
    String file = write("{\"executable\": \"/bin/true\", \"resources\": {\"__version\": 2}}");
    assertThat(psij.run("validate", file)).isEqualTo(2);
    assertThat(psij.err()).contains("resources.__version: must be 1, was 2");
    assertThat(psij.run("validate", "--json", file)).isEqualTo(2);
    assertThat(psij.out()).contains("\"valid\":false", "\"field\":\"resources.__version\"");
  }

  @Test
  void validateChecksWhatOnlyASubmissionShows() throws Exception {
    assertThat(psij.run("validate", write("{\"attributes\": {}}"))).isEqualTo(2);
    assertThat(psij.err()).contains("executable");
    assertThat(psij.run("validate", write("{\"executable\": \"a\", \"launcher\": \"nope\"}")))
        .isEqualTo(2);
    assertThat(psij.err()).contains("nope");
  }

  @Test
  void validDocumentIsValid() throws Exception {
    String file = write("{\"executable\": \"/bin/true\", \"attributes\": {}}");
    assertThat(psij.run("validate", file)).isZero();
    assertThat(psij.out()).contains("valid");
    assertThat(psij.run("validate", folder.resolve("absent").toString())).isEqualTo(1);
    assertThat(psij.err()).contains("absent");
  }

  @Test
  void pluginsAreListed() {
    assertThat(psij.run("executors")).isZero();
    assertThat(psij.out())
        .contains("NAME")
        .containsPattern(
            "(?s)local .*starts processes by (ProcessBuilder|a resident spawn helper)");
    assertThat(psij.run("launchers", "--json")).isZero();
    assertThat(psij.out())
        .contains("\"name\":\"mpirun\"", "\"name\":\"jsrun\"", "\"problem\":null");
  }

  @Test
  void helpTeaches() {
    assertThat(psij.run("--help")).isZero();
    assertThat(psij.run("run", "--help")).isZero();
    assertThat(psij.out()).contains("Examples:", "Exit code:", "psij run -- /bin/echo hello");
    assertThat(psij.run("completion")).isZero();
    assertThat(psij.out()).contains("_complete_psij");
    assertThat(psij.run()).isEqualTo(2);
    assertThat(psij.err()).contains("Which command?");
  }
}
