package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.FailureCause;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;
import org.psij.executors.batch.StatusListing;
import org.psij.executors.batch.Testbed;

/** What the dialect says of a real array in each phase of its life. */
@Tag("testbed")
final class GridEngineLiveArrayTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Task 1 fails, task 2 runs on, the others succeed. */
  private static final String BODY =
      """
      printf '%s' "$psij_native_id" >"FOLDER/$psij_task"
      case $psij_task in
        1) exit 3 ;;
        2) sleep 600 ;;
      esac
      """;

  private final GridEngineScheduler scheduler = new GridEngineScheduler();
  private final ArrayDialect arrays = scheduler.arrays();
  @TempDir private Path folder;
  private String array;

  @BeforeEach
  void requireGridEngine() {
    Testbed.require("gridengine");
  }

  @AfterEach
  void deleteArray() {
    if (array != null) {
      GridEngine.run("qdel", array);
    }
  }

  private static BatchJob job(boolean held) {
    JobSpec spec =
        JobSpec.builder("/bin/true")
            .attributes(JobAttributes.builder().customAttribute("gridengine.h", held).build())
            .build();
    return new BatchJob("id", spec, ResourceSpecV1.builder().build());
  }

  private String submitted(boolean held, int first, int last) throws IOException {
    Path script =
        Files.writeString(folder.resolve("job.sh"), scheduler.scriptHead(job(held)) + body());
    return scheduler.parseSubmission(
        GridEngine.ask(arrays.submitCommand(job(held), script.toString(), first, last)));
  }

  private String body() {
    return BODY.replace("FOLDER", folder.toString());
  }

  private StatusListing listing() {
    return scheduler.parseStatus(GridEngine.ask(scheduler.statusCommand(ids(5))));
  }

  private List<String> ids(int tasks) {
    return IntStream.range(0, tasks).mapToObj(index -> arrays.taskId(array, index)).toList();
  }

  private StatusListing accounting() {
    List<List<String>> commands = scheduler.accountingCommands(ids(5));
    assertThat(commands).hasSize(1);
    return scheduler.parseAccounting(GridEngine.ask(commands.get(0)));
  }

  private static Predicate<NativeStatus> is(JobState state, Condition condition) {
    return status -> status.state() == state && status.condition() == condition;
  }

  private void cancel(int index) {
    scheduler.checkCancellation(
        GridEngine.ask(scheduler.cancelCommand(arrays.taskId(array, index))));
  }

  @Test
  void everyTaskIsFollowedToItsEnd() throws Exception {
    assertThat(arrays.parseLimit(GridEngine.ask(arrays.limitCommand()))).isEqualTo(75_000);
    array = submitted(true, 0, 4);
    assertThat(listing().jobs()).containsKeys(ids(5).toArray(String[]::new));
    assertThat(ids(5)).map(listing()::get).allMatch(is(JobState.QUEUED, Condition.HELD));
    assertThat(scheduler.parseMarks(GridEngine.ask(scheduler.markCommand(ids(5)))))
        .containsEntry(array, folder.resolve("job.sh").toString());

    cancel(4);
    await().atMost(PATIENCE).until(() -> listing().lacks(arrays.taskId(array, 4)));
    assertThat(ids(4)).map(listing()::get).allMatch(is(JobState.QUEUED, Condition.HELD));

    GridEngine.run("qrls", array);
    await().atMost(PATIENCE).until(() -> listing().lacks(arrays.taskId(array, 3)));
    assertThat(listing().get(arrays.taskId(array, 2)))
        .matches(is(JobState.ACTIVE, Condition.NORMAL));
    for (int index : List.of(0, 1, 2, 3)) {
      assertThat(folder.resolve("" + index)).hasContent(arrays.taskId(array, index));
    }
    cancel(2);
    await().atMost(PATIENCE).until(() -> listing().lacks(arrays.taskId(array, 2)));
    await().atMost(PATIENCE).until(() -> accounting().jobs().size() == 4);
    assertEnds(accounting());
  }

  private void assertEnds(StatusListing ends) {
    assertThat(ends.get(arrays.taskId(array, 0)).state()).isEqualTo(JobState.COMPLETED);
    assertThat(ends.get(arrays.taskId(array, 1)).exitCode()).isEqualTo(3);
    assertThat(ends.get(arrays.taskId(array, 2)).cause()).isEqualTo(FailureCause.SIGNAL);
    assertThat(ends.get(arrays.taskId(array, 3)).state()).isEqualTo(JobState.COMPLETED);
    assertThat(ends.lacks(arrays.taskId(array, 4))).as("deleted while it waited").isTrue();
  }

  @Test
  void singleTaskKeepsItsIndex() throws Exception {
    array = submitted(false, 3, 3);

    await().atMost(PATIENCE).until(() -> listing().lacks(arrays.taskId(array, 3)));
    assertThat(folder.resolve("3")).hasContent(arrays.taskId(array, 3));
    assertThat(folder.resolve("0")).doesNotExist();
  }
}
