package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.JobExecutor;
import org.psij.JobState;
import org.psij.QueueSnapshot;
import org.psij.QueueView;
import org.psij.QueuedJob;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.Testbed;

/** The queue of a real Slurm, beside what scontrol and sacct print of it in another form. */
@Tag("testbed")
final class SlurmQueueLiveTest {
  private static final String ODD = "o|d'd\"n%a$m;e *";
  private static final Pattern FIELD = Pattern.compile("(?<= )(\\w+)=(\\S*)");

  @TempDir Path folder;

  private final List<String> submitted = new ArrayList<>();
  private JobExecutor executor;

  @BeforeEach
  void open() {
    Testbed.require("slurm");
    executor =
        JobExecutor.getInstance(
            "slurm",
            null,
            null,
            BatchExecutorConfig.builder().workDirectory(folder.resolve("work")).build());
  }

  @AfterEach
  void close() {
    if (!submitted.isEmpty()) {
      Slurm.run("scancel", submitted.toArray(String[]::new));
    }
    if (executor != null) {
      executor.close();
    }
  }

  private String submit(String script, String... options) {
    List<String> words = new ArrayList<>(List.of("--parsable", "--output=/dev/null"));
    words.addAll(List.of(options));
    words.add("--wrap=" + script);
    String id = Slurm.run("sbatch", words.toArray(String[]::new));
    submitted.add(id);
    return id;
  }

  @Test
  void everyFieldIsWhatSlurmShowsElsewhere() {
    String ended = submit("exit $((SLURM_ARRAY_TASK_ID % 3 * 70))", "--array=0-63%20", "-J", ODD);
    String killed = submit("kill -9 $$", "--array=0-4");
    String held = submit("true", "--array=0-199", "-H", "-N2", "-n6", "-p", "debug,long");
    String canceled = submit("true", "--array=0-19", "-H");
    String newline = submit("true", "-H", "-J", "new\n" + ended + "_1|RUNNING|\nline");
    Slurm.run("scancel", canceled);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Slurm.run("squeue", "-h", "-j", ended + "," + killed).isEmpty());
    String running = submit("sleep 300", "--array=0-9", "-J", "runs");
    String wide = submit("sleep 300", "-N3", "-n6", "-J", "");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                Slurm.run("squeue", "-h", "-t", "R", "-r", "-j", running + "," + wide)
                        .lines()
                        .count()
                    == 11);

    QueueSnapshot snapshot = executor.capability(QueueView.class).orElseThrow().snapshot();
    Map<String, String> records = records();
    Map<String, QueuedJob> jobs =
        snapshot.getJobs().stream()
            .collect(Collectors.toMap(QueuedJob::getNativeId, Function.identity()));

    Map<String, List<String>> hosts = new HashMap<>();
    for (String id : ids(ended, 64, killed, 5, held, 200, running, 10, wide, 0)) {
      assertSame(jobs.get(id), records.get(id), hosts);
    }
    for (String id : ids(canceled, 20)) {
      assertThat(jobs.get(id).getState()).isEqualTo(JobState.CANCELED);
      assertThat(jobs.get(id).getStartTime()).isNull();
    }
    assertThat(jobs.get(ended + "_4").getName()).isEqualTo(ODD);
    assertThat(jobs.get(ended + "_4").getExitCode()).isEqualTo(70);
    assertThat(jobs.get(ended + "_5").getExitCode()).isEqualTo(140);
    assertThat(jobs.get(killed + "_0").getExitCode()).isEqualTo(137);
    assertThat(jobs.get(newline).getName()).isEqualTo("new\n" + ended + "_1|RUNNING|\nline");
    assertThat(jobs.get(wide).getCpusPerNode()).isEqualTo(2);
    assertThat(snapshot.ofUser(System.getProperty("user.name")).running().getJobs())
        .extracting(QueuedJob::getNativeId)
        .contains(running + "_0", wide);
    assertThat(snapshot.inQueue("long").queued().getJobs())
        .extracting(QueuedJob::getNativeId)
        .contains(held + "_0");
    assertSameInAccounting(jobs, records);
  }

  private static void assertSame(QueuedJob job, String record, Map<String, List<String>> hostsOf) {
    Map<String, String> fields = new HashMap<>();
    Matcher field = FIELD.matcher(record);
    while (field.find()) {
      fields.putIfAbsent(field.group(1), field.group(2));
    }
    boolean pending = fields.get("JobState").equals("PENDING");
    String nodes = fields.getOrDefault("NodeList", "");
    assertThat(job.getNativeState()).as(record).isEqualTo(fields.get("JobState"));
    assertThat(job.getUser() + "(").as(record).isSubstringOf(fields.get("UserId"));
    assertThat(String.join(",", job.getQueues())).as(record).isEqualTo(fields.get("Partition"));
    assertThat(job.getReason()).as(record).isEqualTo(orNull(fields.get("Reason"), "None"));
    assertThat(job.getNodeCount() + "-").as(record).isSubstringOf(fields.get("NumNodes") + "-");
    assertThat(job.getNodes())
        .as(record)
        .isEqualTo(
            nodes.isEmpty()
                ? List.of()
                : hostsOf.computeIfAbsent(nodes, SlurmQueueLiveTest::hosts));
    assertThat(job.getSubmitTime()).as(record).isEqualTo(time(fields.get("SubmitTime")));
    assertThat(job.getStartTime())
        .as(record)
        .isEqualTo(pending ? null : time(fields.get("StartTime")));
    assertThat(job.getEndTime())
        .as(record)
        .isEqualTo(
            job.getState() != null && job.getState().isFinal()
                ? time(fields.get("EndTime"))
                : null);
    String name = record.replaceFirst("(?s).*? JobName=(.*?) UserId=.*", "$1");
    assertThat(job.getName()).as(record).isEqualTo(name);
  }

  private static @Nullable String orNull(String text, String none) {
    return text.equals(none) ? null : text;
  }

  private static List<String> hosts(String nodes) {
    return Slurm.run("scontrol", "show", "hostnames", nodes).lines().toList();
  }

  /** The commands of a test print times of this machine's zone. */
  private static @Nullable Instant time(String text) {
    return text.startsWith("2")
        ? LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant()
        : null;
  }

  /** What scontrol prints, by id; several tasks that wait may share a record. */
  private static Map<String, String> records() {
    Map<String, String> records = new HashMap<>();
    for (String record : Slurm.run("scontrol", "show", "job", "-o").split("\n(?=JobId=)", -1)) {
      String array = record.replaceFirst("(?s).* ArrayJobId=(\\d+) ArrayTaskId=(\\S+) .*", "$1_$2");
      if (!array.equals(record)) {
        String ids = array.replaceFirst("_(.*[-,%].*)", "_[$1]");
        SlurmIds.expanded(ids, 0).forEach(id -> records.put(id, record));
      } else {
        records.put(record.replaceFirst("(?s)JobId=(\\d+) .*", "$1"), record);
      }
    }
    return records;
  }

  /** Jobs that slurmctld has forgotten. */
  private static void assertSameInAccounting(
      Map<String, QueuedJob> jobs, Map<String, String> records) {
    Map<String, String> states = new HashMap<>();
    Slurm.run("sacct", "-X", "-a", "-n", "-P", "-S", "now-1days", "-o", "JobID,State")
        .lines()
        .map(line -> line.split("\\|"))
        .forEach(
            columns -> SlurmIds.expanded(columns[0], 0).forEach(id -> states.put(id, columns[1])));
    jobs.forEach(
        (id, job) -> {
          if (!records.containsKey(id) && states.containsKey(id)) {
            assertThat(states.get(id)).as(id).startsWith(job.getNativeState());
          }
        });
  }

  /** The ids of arrays by their number of tasks; 0 for a job that is none. */
  private static List<String> ids(Object... arrays) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < arrays.length; i += 2) {
      int tasks = (Integer) arrays[i + 1];
      for (int task = 0; task < tasks; task++) {
        ids.add(arrays[i] + "_" + task);
      }
      if (tasks == 0) {
        ids.add(String.valueOf(arrays[i]));
      }
    }
    return ids;
  }
}
