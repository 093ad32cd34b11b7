package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.QueueView;
import org.psij.QueuedJob;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** The queue of a real Grid Engine, beside the tables that qstat prints for people. */
@Tag("testbed")
final class GridEngineQueueLiveTest {
  private static final String ODD = "o|d'd\"n%a$m;e<&>";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss");

  /** Id, priority, name, user, state, day, time, queue, slots, task. */
  private static final Pattern ROW =
      Pattern.compile(
          " *(\\d+) \\S+ +(\\S+) +(\\S+) +(\\S+) +(\\S+ \\S+) +(\\S+@\\S+)? +(\\d+) *(\\d+)? *");

  @TempDir Path folder;

  private final List<String> submitted = new ArrayList<>();
  private JobExecutor executor;

  @BeforeEach
  void open() {
    Testbed.require("gridengine");
    executor =
        JobExecutor.getInstance(
            "gridengine",
            null,
            null,
            BatchExecutorConfig.builder().workDirectory(folder.resolve("work")).build());
  }

  @AfterEach
  void close() {
    if (!submitted.isEmpty()) {
      GridEngine.run("qdel", submitted.toArray(String[]::new));
    }
    if (executor != null) {
      executor.close();
    }
  }

  private String submit(String script, String... options) {
    List<String> words =
        new ArrayList<>(List.of("-terse", "-b", "y", "-shell", "n", "-wd", "/tmp"));
    words.addAll(List.of("-o", "/dev/null", "-e", "/dev/null"));
    words.addAll(List.of(options));
    words.addAll(List.of("/bin/sh", "-c", script));
    String id = GridEngine.run("qsub", words.toArray(String[]::new)).replaceFirst("\\..*", "");
    assertThat(id).matches("[0-9]+");
    submitted.add(id);
    return id;
  }

  @Test
  void everyFieldIsWhatQstatShowsInItsTables() {
    String held = submit("true", "-h", "-t", "1-250", "-N", ODD);
    String waiting = submit("true", "-h", "-pe", "smp", "3", "-q", "all.q", "-N", "waits");
    String ended = submit("exit $((SGE_TASK_ID % 3 * 70))", "-t", "1-9", "-N", ODD);
    String killed = submit("kill -9 $$");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !table().containsKey(ended + ".9") && !table().containsKey(killed));
    String running = submit("sleep 300", "-t", "1-10", "-N", "runs");
    String parallel = submit("sleep 300", "-pe", "smp", "3", "-N", "par");
    String other = GridEngine.submitAsOther("sleep 300", "-N", "other", "-wd", "/tmp");
    submitted.add(other);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              Map<String, Matcher> rows = table();
              return List.of(running + ".10", parallel, other).stream()
                  .allMatch(id -> rows.containsKey(id) && rows.get(id).group(4).equals("r"));
            });

    Map<String, QueuedJob> jobs =
        executor.capability(QueueView.class).orElseThrow().snapshot().getJobs().stream()
            .collect(Collectors.toMap(QueuedJob::getNativeId, Function.identity()));

    Map<String, Matcher> table = table();
    assertThat(table).hasSizeGreaterThanOrEqualTo(263);
    for (String id : List.of(held, waiting, running, parallel, other)) {
      table.forEach(
          (task, row) -> {
            if (row.group(1).equals(id)) {
              assertSame(jobs.get(task), row);
            }
          });
    }
    assertThat(jobs.get(held + ".250").getName()).isEqualTo(ODD);
    assertThat(jobs.get(held + ".250").getNodeCount()).isEqualTo(1);
    assertThat(jobs.get(waiting).getQueues()).containsExactly("all.q");
    assertThat(jobs.get(waiting).getCpusPerNode()).isNull();
    assertThat(jobs.get(parallel).getCpusPerNode()).isEqualTo(3);
    assertThat(jobs.get(parallel).getNodeCount()).isEqualTo(1);
    assertThat(jobs.get(other).getUser()).isEqualTo("tester");
    assertThat(jobs.get(ended + ".3").getState()).isEqualTo(JobState.COMPLETED);
    assertThat(jobs.get(ended + ".4").getExitCode()).isEqualTo(70);
    assertThat(jobs.get(ended + ".5").getExitCode()).isEqualTo(140);
    assertThat(jobs.get(ended + ".5").getName()).isEqualTo(ODD);
    assertThat(jobs.get(killed).getExitCode()).isEqualTo(137);
  }

  private static void assertSame(QueuedJob job, Matcher row) {
    String line = row.group();
    assertThat(job.getName()).as(line).startsWith(row.group(2));
    assertThat(job.getUser()).as(line).isEqualTo(row.group(3));
    assertThat(job.getNativeState()).as(line).isEqualTo(row.group(4));
    Instant time =
        LocalDateTime.parse(row.group(5), TIME).atZone(ZoneId.systemDefault()).toInstant();
    String instance = row.group(6);
    if (instance == null) {
      assertThat(job.getState()).as(line).isEqualTo(JobState.QUEUED);
      assertThat(job.getSubmitTime()).as(line).isEqualTo(time);
      assertThat(job.getNodes()).as(line).isEmpty();
    } else {
      assertThat(job.getState()).as(line).isEqualTo(JobState.ACTIVE);
      assertThat(job.getStartTime()).as(line).isEqualTo(time);
      assertThat(job.getQueues().get(0) + "@" + job.getNodes().get(0)).isEqualTo(instance);
      assertThat(job.getCpusPerNode()).as(line).isEqualTo(Integer.valueOf(row.group(7)));
    }
  }

  /** What qstat prints of each task, by id. */
  private static Map<String, Matcher> table() {
    Map<String, Matcher> rows = new HashMap<>();
    GridEngine.run("qstat", "-u", "*", "-g", "d")
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(
            row -> rows.put(row.group(1) + (row.group(8) == null ? "" : "." + row.group(8)), row));
    return rows;
  }
}
