package org.psij.executors;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.psij.SubmitException;

/**
 * A program that must get a number of jobs done, and takes up the work where an earlier run of it
 * was killed: it recovers the jobs, submits what came back NEW and some of what was never asked,
 * and writes every end down before its callback returns. Says on its standard output where it
 * stands. Ends when all jobs have.
 */
final class KilledClient {
  static final String RECOVERING = "recovering";
  static final String RECOVERED = "recovered";
  static final String RESUMED = "resumed";
  static final String QUEUED = "queued";
  static final String REFUSED = "refused";
  static final String FOLLOWING = "following";

  private static final int ATTEMPTS = 5;
  private static final int THREADS = 4;
  private static final int LARGEST_PORTION = 8;

  private final JobExecutor executor;
  private final Path folder;
  private final int jobs;
  private final int most;
  private final Random random;
  private final FileChannel endsFile;
  private final Set<Integer> ended = ConcurrentHashMap.newKeySet();
  private final CountDownLatch allEnded = new CountDownLatch(1);

  private KilledClient(JobExecutor executor, Path folder, int jobs, int most, long seed)
      throws IOException {
    this.executor = executor;
    this.folder = folder;
    this.jobs = jobs;
    this.most = most;
    this.random = new Random(seed);
    this.endsFile = FileChannel.open(ends(folder), CREATE, APPEND);
  }

  /**
   * Runs a client.
   *
   * @param arguments the name of the executor, the folder for all files, the number of jobs, how
   *     many to submit at most that were never asked, and a seed
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    JobExecutorConfig config =
        JobExecutorConfig.builder().workDirectory(folder.resolve("work")).build();
    try (JobExecutor executor = JobExecutor.getInstance(arguments[0], null, null, config)) {
      new KilledClient(
              executor,
              folder,
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]),
              Long.parseLong(arguments[4]))
          .work();
    }
  }

  /** The file with a line for each end that a client was told: the job and its final status. */
  static Path ends(Path folder) {
    return folder.resolve("ends");
  }

  /** The folder in which each job has a file with a line for each time that it ran. */
  static Path runs(Path folder) {
    return folder.resolve("runs");
  }

  private void work() throws Exception {
    for (String line : Files.readAllLines(ends(folder))) {
      ended.add(Integer.valueOf(line.split(" ", -1)[0]));
    }
    executor.setJobStatusCallback(this::changed);
    say(RECOVERING);
    List<Job> recovered = recover();
    recovered.forEach(job -> say(RECOVERED, job.getId(), job.getStatus().getState().name()));
    say(RESUMED);
    recovered.forEach(this::cancelIfWanted);
    List<Job> wanted = new ArrayList<>(recovered);
    wanted.removeIf(job -> job.getStatus().getState() != JobState.NEW);
    wanted.addAll(neverAsked(recovered));
    submit(wanted);
    say(FOLLOWING);
    endIfAllEnded();
    allEnded.await();
  }

  /** A scheduler with much to do may not answer. */
  private List<Job> recover() {
    for (int attempt = 1; ; attempt++) {
      try {
        return executor.recover();
      } catch (SubmitException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        say(REFUSED, "recovery", String.valueOf(e.getMessage()));
      }
    }
  }

  private List<Job> neverAsked(List<Job> recovered) {
    Set<Integer> known = new HashSet<>(ended);
    recovered.forEach(job -> known.add(KilledJob.indexOf(job)));
    return IntStream.range(0, jobs)
        .filter(index -> !known.contains(index))
        .limit(most)
        .mapToObj(index -> new Job(KilledJob.spec(index, runs(folder))))
        .toList();
  }

  private void submit(List<Job> wanted) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (int from = 0; from < wanted.size(); ) {
      int to = Math.min(wanted.size(), from + 1 + random.nextInt(LARGEST_PORTION));
      List<Job> portion = wanted.subList(from, to);
      threads.execute(() -> submitPortion(portion));
      from = to;
    }
    threads.shutdown();
    while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      say(REFUSED, "submission", "takes long");
    }
  }

  private void submitPortion(List<Job> portion) {
    List<Job> left = portion;
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      Map<Job, PsijException> refused = executor.submitAll(left);
      refused.forEach((job, e) -> say(REFUSED, job.getId(), String.valueOf(e.getMessage())));
      left = List.copyOf(refused.keySet());
    }
    for (Job job : portion) {
      cancelIfWanted(job);
    }
  }

  private void cancelIfWanted(Job job) {
    if (KilledJob.of(KilledJob.indexOf(job)) != KilledJob.IS_CANCELED
        || job.getStatus().getState() == JobState.NEW) {
      return;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        job.cancel();
        return;
      } catch (SubmitException e) {
        say(REFUSED, job.getId(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void changed(Job job, JobStatus status) {
    if (status.getState() == JobState.QUEUED) {
      say(QUEUED, job.getId());
    } else if (status.isFinal()) {
      int index = KilledJob.indexOf(job);
      writeDown(index + " " + KilledJob.text(status) + "\n");
      ended.add(index);
      endIfAllEnded();
    }
  }

  private void endIfAllEnded() {
    if (ended.size() == jobs) {
      allEnded.countDown();
    }
  }

  private synchronized void writeDown(String line) {
    try {
      endsFile.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      endsFile.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(String... words) {
    System.out.println(String.join(" ", words).replace('\n', ' '));
    System.out.flush();
  }
}
