package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalCommandRunnerTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  private LocalCommandRunner runner(@Nullable Path commands) {
    return new LocalCommandRunner(commands, "PATH"::equals);
  }

  private CommandResult shell(Duration limit, String script, String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return runner(null).run(command, limit);
  }

  @Test
  void bothOutputsMayBeLongerThanAPipe() {
    CommandResult result =
        shell(LONG, "/bin/head -c 1000000 /dev/zero; /bin/head -c 900000 /dev/zero >&2; exit 3");
    assertThat(result.stdout()).hasSize(1_000_000);
    assertThat(result.stderr()).hasSize(900_000);
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void commandThatTakesTooLongIsKilledWithItsDescendantsAndGoesNoFurther() throws IOException {
    Path pids = folder.resolve("pids");
    Path later = folder.resolve("later");
    CommandException exception =
        catchThrowableOfType(
            CommandException.class,
            () ->
                shell(
                    Duration.ofSeconds(1),
                    "echo begun; (/bin/sleep 300; : >\"$2\") & echo $! $$ >\"$1\";"
                        + " /bin/sleep 301; : >\"$2\"",
                    pids.toString(),
                    later.toString()));
    assertThat(exception.isTimeout()).isTrue();
    assertThat(exception).hasMessageContaining("begun").hasMessageContaining("was killed after");
    for (String pid : Files.readString(pids).strip().split(" ", -1)) {
      await().until(() -> !isAlive(pid));
    }
    assertThat(later).doesNotExist();
  }

  @Test
  void commandThatPrintsWithoutEndIsKilledBeforeTheMemoryIsFull() {
    assertThatThrownBy(() -> shell(LONG, "exec /usr/bin/yes"))
        .isInstanceOfSatisfying(CommandException.class, e -> assertThat(e.isTimeout()).isTrue())
        .hasMessageContaining("printed too much");
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void whatACommandLeavesInTheBackgroundDoesNotHoldItUp() {
    CommandResult result = shell(LONG, "/bin/sleep 300 & echo $!");
    assertThat(result.took()).isLessThan(Duration.ofSeconds(30));
    ProcessHandle.of(Long.parseLong(result.stdout().strip())).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void commandsSpeakPlainEnglishInUniversalTimeAndDoNotSeeWhatIsHidden() {
    CommandResult result = runner(null).run(List.of("/usr/bin/env"), LONG);
    assertThat(result.stdout().lines())
        .contains("LC_ALL=C", "TZ=UTC")
        .noneMatch(line -> line.startsWith("PATH="));
  }

  @Test
  void standardInputIsEmpty() {
    assertThat(shell(LONG, "/bin/cat").stdout()).isEmpty();
  }

  @Test
  void commandsAreTakenFromTheirFolder() throws IOException {
    Path command = folder.resolve("squeue");
    Files.writeString(command, "#!/bin/sh\necho \"mine $1\"\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    CommandResult result = runner(folder).run(List.of("squeue", "a b"), LONG);
    assertThat(result.stdout()).isEqualTo("mine a b\n");
    assertThat(result.command()).containsExactly(command.toString(), "a b");
  }

  @Test
  void commandThatIsNotThereIsNamedAndHadNoEffect() {
    assertThatThrownBy(() -> runner(folder).run(List.of("squeue", "-h"), LONG))
        .isInstanceOfSatisfying(CommandException.class, e -> assertThat(e.isTimeout()).isFalse())
        .hasMessageContaining(folder.resolve("squeue") + " -h");
  }

  @Test
  void bytesThatAreNoUtf8AreReplaced() {
    CommandResult result = shell(LONG, "printf 'a\\377b'; printf '\\303\\244' >&2");
    assertThat(result.stdout()).isEqualTo("a\uFFFDb");
    assertThat(result.stderr()).isEqualTo("ä");
  }

  @Test
  void signalThatEndedACommandIsInItsExitCode() {
    assertThat(shell(LONG, "kill -9 $$").exitCode()).isEqualTo(137);
  }
}
