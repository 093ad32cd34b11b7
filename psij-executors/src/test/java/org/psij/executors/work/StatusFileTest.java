package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobState;

final class StatusFileTest {
  @TempDir Path folder;
  private Path file;
  private StatusFile status;

  @BeforeEach
  void create() {
    file = folder.resolve("status.1");
    status = new StatusFile(new JobDirectory(folder));
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void missingOrEmptyFileMeansNotYet() throws IOException {
    assertThat(status.read()).isEmpty();
    append("");
    assertThat(status.read()).isEmpty();
  }

  @Test
  void halfALineIsNoLine() throws IOException {
    append("1700000000.5 STAGE_IN\n1700000001.5 ACT");
    assertThat(status.read()).extracting(StatusLine::state).containsExactly(JobState.STAGE_IN);
    append("IVE\n");
    assertThat(status.read())
        .extracting(StatusLine::state)
        .containsExactly(JobState.STAGE_IN, JobState.ACTIVE);
    assertThat(status.read()).hasSize(2);
  }

  @Test
  void lineTellsTimeExitCodeAndMessage() throws IOException {
    append("1700000000.123456 FAILED exit=7 the pre-launch script returned 7\n");
    List<StatusLine> lines = status.read();
    assertThat(lines).hasSize(1);
    StatusLine line = lines.get(0);
    assertThat(line.time()).isEqualTo(Instant.parse("2023-11-14T22:13:20.123456Z"));
    assertThat(line.exitCode()).isEqualTo(7);
    assertThat(line.message()).isEqualTo("the pre-launch script returned 7");
    assertThat(line.isStagingFailure()).isFalse();
  }

  @Test
  void threadThatIsInterruptedReadsAllTheSame() throws IOException {
    append("1700000000 ACTIVE\n");
    Thread.currentThread().interrupt();
    assertThat(status.read()).extracting(StatusLine::state).containsExactly(JobState.ACTIVE);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void runThatCannotBeReadIsNoNewRunYet() throws IOException {
    append("1700000000 FAILED exit=143 told to stop\n");
    status.read();
    Path second = Files.createDirectory(folder.resolve("status.2")); // nothing that can be read
    assertThatThrownBy(() -> status.read()).isInstanceOf(IOException.class);
    assertThat(status.run()).isEqualTo(1);

    Files.delete(second);
    Files.writeString(second, "1700000001 ACTIVE\n");
    assertThat(status.read()).extracting(StatusLine::state).containsExactly(JobState.ACTIVE);
    assertThat(status.run()).isEqualTo(2);
  }

  @Test
  void linesThatTellNoStateArePassedOver() throws IOException {
    append("1700000000 STARTED 12 host\ngarbage\n\n99999999999999 ACTIVE\n1700000001 FUTURE\n");
    append("1700000002 COMPLETED exit=0\n");
    assertThat(status.read()).extracting(StatusLine::state).containsExactly(JobState.COMPLETED);
  }

  @Test
  void nameOfFileIsNeitherSignalNorRequest() throws IOException {
    append("1700000000 FAILED exit=0 stage-out: there is no told to stop; killed by SIGKILL\n");
    assertThat(status.read()).hasSize(1).noneMatch(StatusLine::isToldToStop);
    assertThat(status.read()).extracting(StatusLine::signal).containsOnlyNulls();
  }

  @Test
  void lineThatIsCrossedOutOrGrownTogetherTellsNothing() throws IOException {
    append("1700000000.5 FAILED exit=1\u0018\n1700000000.5 FAILED exit=11700000001.5 CLEANUP\n");
    append("1700000000.5 FAILED exit=1433 told to stop\n1700000000.5 ACT1700000001.5 CLEANUP\n");
    append("1700000002 COMPLETED exit=0\n");
    assertThat(status.read()).extracting(StatusLine::state).containsExactly(JobState.COMPLETED);
  }

  @Test
  void stagingFailureIsTold() throws IOException {
    append(
        "1700000000 FAILED stage-in: cannot COPY a to b\n1700000000 FAILED exit=0 stage-out: x\n");
    assertThat(status.read()).allMatch(StatusLine::isStagingFailure);
  }

  @Test
  void onlyTheLastRunCounts() throws IOException {
    append("1700000000 ACTIVE\n1700000001 FAILED exit=143 told to stop; killed by SIGTERM\n");
    assertThat(status.read()).hasSize(2);
    assertThat(status.read().get(1).isToldToStop()).isTrue();
    assertThat(status.read().get(1).signal()).isEqualTo("SIGTERM");

    Files.writeString(folder.resolve("status.2"), "1700000002 STAGE_IN\n");
    Files.writeString(folder.resolve("status.x"), "1700000002 CLEANUP\n");

    assertThat(status.read()).extracting(StatusLine::state).containsExactly(JobState.STAGE_IN);
    assertThat(status.run()).isEqualTo(2);
  }

  @Test
  void taskOfAnArrayHasItsOwnFilesAndSharesTheRest() throws IOException {
    JobDirectory task = new JobDirectory(folder).task(4);
    Files.createDirectories(task.path());
    Files.writeString(task.status(1), "1700000000 ACTIVE\n");

    assertThat(new StatusFile(task).read()).hasSize(1);
    assertThat(task.path()).isEqualTo(folder.resolve("task-4"));
    assertThat(task.script()).isEqualTo(folder.resolve("job.sh"));
    assertThat(task.spec()).isEqualTo(folder.resolve("specs.jsonl"));
  }
}
