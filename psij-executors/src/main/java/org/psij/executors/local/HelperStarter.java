package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.Signal;
import org.psij.executors.work.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes through a resident helper, which tells signals from exit codes and writes ends
 * to the journal even when the JVM is gone. Another helper takes the place of one that was killed;
 * where none passes its self-test, {@link ProcessBuilderStarter} does the work.
 */
final class HelperStarter implements ProcessStarter {
  private static final Logger LOG = LoggerFactory.getLogger(HelperStarter.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private final Path python;
  private final Journal journal;
  private final JournalReader reader;
  private final Timer timer;
  private final Map<String, StartedProcess> unwatched = new ConcurrentHashMap<>();
  private final AtomicBoolean lookDue = new AtomicBoolean();

  // guarded by this
  private @Nullable SpawnHelper helper;
  private @Nullable ProcessBuilderStarter fallback;
  private String version = "";
  private boolean closed;

  /**
   * Starts no helper yet.
   *
   * @param python the interpreter, version 3.8 or newer
   */
  HelperStarter(Path python, Journal journal, Timer timer) {
    this.python = python;
    this.journal = journal;
    this.reader = JournalReader.ofUntold(journal.file());
    this.timer = timer;
  }

  @Override
  public List<Start> start(Map<String, ProcessRequest> requests) {
    List<Start> starts = new ArrayList<>(requests.size());
    try {
      SpawnHelper current = helper();
      if (current == null) {
        return fallback().start(requests);
      }
      Iterator<Start> sent = current.start(requests).iterator();
      requests.forEach((jobId, request) -> starts.add(safe(sent.next(), jobId, request)));
    } catch (IOException e) {
      requests.forEach(
          (jobId, request) ->
              starts.add(
                  () -> {
                    throw e;
                  }));
    }
    return starts;
  }

  /** One that another helper takes up if the first one is killed. */
  private Start safe(Start sent, String jobId, ProcessRequest request) {
    return () -> {
      try {
        return sent.await();
      } catch (SpawnHelper.GoneException e) {
        LOG.warn("Job {}: {}", jobId, e.getMessage());
        StartedProcess started = startedAfterAll(jobId);
        return started == null ? start(Map.of(jobId, request)).get(0).await() : started;
      }
    };
  }

  /**
   * The helper was killed with a request under way; its last words are in the journal.
   *
   * @return the process, or null if it was not started
   */
  private @Nullable StartedProcess startedAfterAll(String jobId) throws UnknownStartException {
    try {
      JournalEntry entry = journaled(jobId);
      if (entry != null && !entry.mayHaveRun()) {
        return null;
      }
      ProcessId process = entry == null ? null : entry.process();
      if (process == null) {
        process = find(jobId);
        journal.started(jobId, process);
      }
      StartedProcess started = new StartedProcess(process);
      awaitEnds(Map.of(jobId, started));
      return started;
    } catch (UnknownStartException e) {
      throw e;
    } catch (IOException e) {
      throw new UnknownStartException(
          "whoever was to start its process has ended, and what it did cannot be read: " + e);
    }
  }

  /** Finds the process of a job that is in no journal. */
  static ProcessId find(String jobId) throws IOException {
    ProcessTable.Row row = ProcessTable.findByVariable(LocalJobPreparation.JOB_ID + "=" + jobId);
    if (row == null) {
      throw new UnknownStartException(
          "whoever was to start its process has ended at that very moment;"
              + " no process of it is there, and one that has ended cannot be ruled out");
    }
    return ProcessId.ofStarted(row.pid());
  }

  private @Nullable JournalEntry journaled(String jobId) throws IOException {
    reader.read();
    return reader.entry(jobId);
  }

  private synchronized ProcessBuilderStarter fallback() throws IOException {
    if (fallback == null) {
      throw new IOException("the executor is closed");
    }
    return fallback;
  }

  /** The helper that is there now, or null if there is none to be had. */
  private synchronized @Nullable SpawnHelper helper() throws IOException {
    if (closed) {
      throw new IOException("the executor is closed");
    }
    if (fallback == null && (helper == null || helper.isGone())) {
      helper = null;
      String problem = tryHelper();
      if (problem != null) {
        LOG.warn("Processes are started by the JDK: {}", problem);
        fallback = new ProcessBuilderStarter(journal, problem);
      }
    }
    return helper;
  }

  /** Not on the thread that reads the answers: who is told may ask for the next process. */
  private void tellLater(Runnable news) {
    timer.after(Duration.ZERO, news);
  }

  /** Returns what is wrong with the helper, or null if it is there and works. */
  private synchronized @Nullable String tryHelper() {
    if (!Files.isExecutable(python)) {
      return "there is no " + python;
    }
    SpawnHelper started = null;
    try {
      started = new SpawnHelper(python, journal.file(), this::tellLater, this::awaitEnds);
      version = started.awaitReady(PATIENCE);
      test(started);
      helper = started;
      LOG.debug("Processes are started by {}", describe());
      return null;
    } catch (IOException e) {
      if (started != null) {
        started.destroy();
      }
      return "the spawn helper of " + python + " fails its self-test: " + e.getMessage();
    }
  }

  private static void test(SpawnHelper helper) throws IOException {
    ProcessEnd exit = end(start(helper, "exit 3"));
    StartedProcess sleeping = start(helper, "sleep 60");
    ProcessBuilderStarter.signal(List.of(sleeping.id().pid()), Signal.KILL);
    ProcessEnd killed = end(sleeping);
    if (!Integer.valueOf(3).equals(exit.exitCode())
        || !Integer.valueOf(Signal.KILL.number()).equals(killed.signal())) {
      throw new IOException("it tells " + exit + " of exit 3, and " + killed + " of a kill");
    }
  }

  private static StartedProcess start(SpawnHelper helper, String script) throws IOException {
    return helper.start(Map.of("", request(script))).get(0).await();
  }

  private static ProcessRequest request(String script) {
    return new ProcessRequest(
        List.of("/bin/sh", "-c", script),
        Path.of("/"),
        true,
        Map.of(),
        NULL_DEVICE,
        NULL_DEVICE,
        NULL_DEVICE,
        false);
  }

  private static ProcessEnd end(StartedProcess process) throws IOException {
    CompletableFuture<ProcessEnd> end = new CompletableFuture<>();
    process.onEnd(end::complete);
    return SpawnHelper.await(end, PATIENCE);
  }

  /**
   * Watches processes whose helper is gone: their ends can be noticed, but not their exit codes.
   */
  private void awaitEnds(Map<String, StartedProcess> orphans) {
    if (!orphans.isEmpty()) {
      LOG.warn("A spawn helper was killed; the exit codes of {} jobs are lost", orphans.size());
      unwatched.putAll(orphans);
      lookLater();
    }
  }

  private void lookLater() {
    if (!unwatched.isEmpty() && lookDue.compareAndSet(false, true)) {
      timer.after(
          LOOK,
          () -> {
            lookDue.set(false);
            look();
            lookLater();
          });
    }
  }

  private void look() {
    try {
      ProcessTable table = ProcessTable.read();
      unwatched.forEach(
          (jobId, process) -> {
            ProcessTable.Row row = table.process(process.id().pid());
            if (row == null || !process.id().isSame(row)) {
              unwatched.remove(jobId);
              process.ended(lastWord(jobId));
            }
          });
    } catch (IOException | RuntimeException e) {
      LOG.error("The processes of this machine cannot be listed; trying again", e);
    }
  }

  /** The helper may have written an end that it could not tell any more. */
  private ProcessEnd lastWord(String jobId) {
    try {
      JournalEntry entry = journaled(jobId);
      if (entry != null && entry.end() != null) {
        return entry.end();
      }
      ProcessEnd unknown = ProcessEnd.unknown();
      journal.ended(jobId, unknown);
      return unknown;
    } catch (IOException e) {
      LOG.error("Job {}: the journal {} cannot be used", jobId, journal.file(), e);
      return ProcessEnd.unknown();
    }
  }

  @Override
  public boolean tellsRefusals() {
    try {
      return helper() != null;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean carriesAnyText() {
    try {
      return helper() != null || fallback().carriesAnyText();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized String describe() {
    try {
      return helper() == null
          ? fallback().describe()
          : "a resident spawn helper (" + python + " " + version + ", passed its self-test)";
    } catch (IOException e) {
      return "nothing: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    SpawnHelper last;
    ProcessBuilderStarter lastFallback;
    synchronized (this) {
      closed = true;
      last = helper;
      lastFallback = fallback;
    }
    if (last != null) {
      last.close();
    }
    if (lastFallback != null) {
      lastFallback.close();
    }
  }
}
