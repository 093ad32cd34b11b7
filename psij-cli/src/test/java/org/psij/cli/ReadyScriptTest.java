package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadyScriptTest {
  private final CommandInThisJvm command = new CommandInThisJvm();

  @TempDir Path folder;

  private Path script(String directive) throws Exception {
    return Files.writeString(folder.resolve("job"), "#!/bin/bash\n" + directive + "\ntrue\n");
  }

  @Test
  void directivesTellTheExecutor() throws Exception {
    assertThat(new ReadyScript(script("#SBATCH -t 5")).executor()).isEqualTo("slurm");
    assertThat(new ReadyScript(script("#$ -N name")).executor()).isEqualTo("gridengine");
    assertThat(new ReadyScript(script("#BSUB -W 5")).executor()).isEqualTo("lsf");
  }

  @Test
  void withoutDirectivesTheExecutorMustBeNamed() throws Exception {
    Path script = script("# words");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReadyScript(script).executor())
        .withMessageContaining(script + " has no directives")
        .withMessageContaining("-e");
  }

  @Test
  void nothingElseMayDescribeTheJob() throws Exception {
    String script = script("#SBATCH -t 5").toString();

    assertThat(command.run("submit", "--file", script, "--duration", "1h")).isEqualTo(2);
    assertThat(command.err()).startsWith("--file and --duration cannot be used together");
    assertThat(command.run("submit", "--file", script, "-l", "single")).isEqualTo(2);
    assertThat(command.err()).contains("--file and --launcher cannot be used together");
    assertThat(command.run("submit", "--file", script, "--dry-run")).isEqualTo(2);
    assertThat(command.err()).contains("--file and --dry-run cannot be used together");
    assertThat(command.run("submit", "--file", script, "--", "ls")).isEqualTo(2);
    assertThat(command.err()).contains("--file and a command cannot be used together");
    assertThat(command.out()).isEmpty();
  }

  @Test
  void anExecutorWithoutASchedulerTakesNoScript() throws Exception {
    String script = script("#SBATCH -t 5").toString();
    assertThat(command.run("submit", "-e", "local", "--file", script)).isEqualTo(2);
    assertThat(command.err()).isEqualTo("psij: The executor 'local' takes no ready scripts\n");
  }

  @Test
  void aScriptThatIsNotThereIsSaid() {
    Path missing = folder.resolve("missing");
    assertThat(command.run("submit", "--file", missing.toString())).isEqualTo(1);
    assertThat(command.err()).isEqualTo("psij: There is no script " + missing + "\n");
  }

  @Test
  void theListTellsWhatAutoIs() {
    assertThat(command.run("executors")).isZero();
    assertThat(command.out().lines().filter(line -> line.contains("auto takes this: "))).hasSize(1);
  }
}
