package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.psij.ExecutorContext;
import org.psij.Feature;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.Retention;
import org.psij.executors.work.StatusFile;
import org.psij.executors.work.StatusLine;
import org.psij.executors.work.StderrTail;
import org.psij.executors.work.Timer;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs as processes of this machine, each in a session of its own; the native id is the
 * process id. A job goes on when the executor is closed or the JVM ends. Queue, account,
 * reservation and custom attributes mean nothing here; the number of nodes counts only for the
 * number of processes. The walltime is enforced on request, see {@link LocalExecutorConfig}.
 */
public final class LocalJobExecutor extends JobExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(LocalJobExecutor.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final LocalExecutorConfig config;
  private final WorkDirectory workDirectory;
  private final Journal journal;
  private final LocalJobPreparation preparation;
  private final ProcessStarter starter = new ProcessBuilderStarter();
  private final Timer timer = new Timer("psij-local-timer");
  private final StatusWatch statusWatch = new StatusWatch();
  private final Terminator terminator;
  private final Map<Job, LocalRun> runs = new ConcurrentHashMap<>();
  private final Map<Job, Attachment> attachments = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Creates the executor, and its folder in the work directory.
   *
   * @param context what the registry knows and the user wants
   * @throws PsijException if this is no POSIX system, or the work directory cannot be used
   */
  public LocalJobExecutor(ExecutorContext context) {
    super(context);
    if (System.getProperty("os.name").startsWith("Windows")) {
      throw new PsijException("The local executor needs a POSIX system; this is Windows", null);
    }
    if (context.getUrl() != null) {
      throw new IllegalArgumentException(
          "The local executor takes no url, was '" + context.getUrl() + "'");
    }
    config = LocalExecutorConfig.of(context.getConfig());
    workDirectory = WorkDirectory.open(config.getWorkDirectory(), getName());
    journal = openJournal();
    preparation = new LocalJobPreparation(config, workDirectory);
    terminator = new Terminator(starter, timer, config.getTerminationGrace());
    LOG.debug("Processes are started by {}", starter.describe());
  }

  private Journal openJournal() {
    try {
      new Retention(workDirectory, config.getRetention()).removeExpired();
      return new Journal(workDirectory);
    } catch (IOException e) {
      workDirectory.close();
      throw new PsijException("Cannot use the work directory " + workDirectory.root(), e);
    }
  }

  @Override
  public JobExecutorConfig getConfig() {
    return config;
  }

  @Override
  public Set<Feature> getFeatures() {
    return EnumSet.of(
        Feature.STAGING, Feature.PRE_POST_LAUNCH, Feature.MULTI_PROCESS, Feature.ATTACH);
  }

  @Override
  public <C> Optional<C> capability(Class<C> type) {
    ProcessStarting starting = starter::describe;
    return type == ProcessStarting.class ? Optional.of(type.cast(starting)) : Optional.empty();
  }

  @Override
  protected String doSubmit(Job job, JobSpec spec) {
    LocalRun run = preparation.prepare(job, spec);
    StartedProcess process = start(run, spec);
    runs.put(job, run);
    RunningProcesses.add(process);
    JobDirectory directory = run.directory();
    if (directory == null) {
      reportAt(job, JobState.ACTIVE, process.startTime());
    } else {
      reportAt(job, JobState.QUEUED, process.startTime());
      watch(run, directory);
    }
    enforceWalltime(run, process, spec.getAttributes().getDuration());
    process.onEnd(end -> processEnded(run, end));
    return String.valueOf(process.pid());
  }

  private StartedProcess start(LocalRun run, JobSpec spec) {
    String jobId = run.job().getId();
    StartedProcess process;
    try {
      journal.submitting(jobId, spec);
      process = starter.start(run.request());
    } catch (IOException e) {
      preparation.discard(run);
      throw new SubmitException(
          "Job " + jobId + ": '" + spec.getExecutable() + "' cannot be started: " + e.getMessage(),
          e);
    }
    try {
      journal.started(jobId, process);
    } catch (IOException e) {
      LOG.error(
          "Job {} (native id {}) runs, but not in the journal: other processes cannot attach",
          jobId,
          process.pid(),
          e);
    }
    return process;
  }

  private void watch(LocalRun run, JobDirectory directory) {
    WatchKey key = statusWatch.watch(directory.path(), () -> readStatus(run));
    run.watched(key);
    if (key == null) {
      poll(run);
    } else {
      readStatus(run); // what was written before the watch began
    }
  }

  private void poll(LocalRun run) {
    if (readStatus(run) == null && !closed) {
      timer.after(POLL, () -> poll(run));
    }
  }

  private void reportAt(Job job, JobState state, Instant time) {
    report(job, JobStatus.builder(state).time(time).build());
  }

  private void enforceWalltime(LocalRun run, StartedProcess process, Duration walltime) {
    if (config.isWalltimeEnforced()) {
      Runnable calledOff =
          timer.after(walltime, () -> end(run, process.pid(), EndReason.WALLTIME_OVER));
      process.onEnd(end -> calledOff.run());
    }
  }

  @Override
  protected void doCancel(Job job, String nativeId) {
    long pid = Long.parseLong(nativeId);
    LocalRun run = runs.get(job);
    if (run != null) {
      end(run, pid, EndReason.CANCELED);
      return;
    }
    Attachment attachment = attachments.get(job);
    if (attachment != null) {
      attachment.cancel(terminator);
    }
  }

  private void end(LocalRun run, long pid, EndReason reason) {
    if (!run.ending(reason)) {
      return;
    }
    try {
      if (run.directory() != null && reason == EndReason.CANCELED) {
        PrivateFiles.create(run.directory().cancelMark());
      }
    } catch (IOException e) {
      LOG.warn("Job {} (native id {}) cannot be marked as cancelled", run.job().getId(), pid, e);
    }
    terminator.terminate(pid, () -> finishIfDue(run, run.gone()));
  }

  private void processEnded(LocalRun run, ProcessEnd end) {
    try {
      journal.ended(run.job().getId(), end, run.endReason());
    } catch (NoSuchFileException e) {
      LOG.warn(
          "Job {} (native id {}): somebody has removed the journal {}",
          run.job().getId(),
          run.job().getNativeId(),
          e.getFile());
    } catch (IOException e) {
      LOG.error(
          "Job {} (native id {}): its end cannot be written to the journal",
          run.job().getId(),
          run.job().getNativeId(),
          e);
    }
    finishIfDue(run, run.ended(end));
  }

  private void finishIfDue(LocalRun run, @Nullable ProcessEnd end) {
    if (end == null || closed) {
      return;
    }
    statusWatch.forget(run.watchKey());
    StatusLine lastWord = readStatus(run);
    new Evidence(
            end,
            run.endReason(),
            run.directory() != null,
            lastWord,
            exitCode -> StderrTail.explainFailure(run.launcher(), run.stderr(), exitCode))
        .statuses()
        .forEach(status -> report(run.job(), status));
    runs.remove(run.job());
  }

  /** Reports what the script has told, and returns its last word if it has come to that. */
  private @Nullable StatusLine readStatus(LocalRun run) {
    StatusFile file = run.statusFile();
    if (file == null) {
      return null;
    }
    try {
      for (StatusLine line : file.read()) {
        if (line.state().isFinal()) {
          return line;
        }
        reportAt(run.job(), line.state(), line.time());
      }
    } catch (IOException e) {
      LOG.warn(
          "Job {} (native id {}): its status file cannot be read",
          run.job().getId(),
          run.job().getNativeId(),
          e);
    }
    return null;
  }

  @Override
  protected void doRefresh() {
    runs.values().forEach(this::readStatus);
  }

  @Override
  protected void doAttach(Job job, String nativeId) {
    long pid;
    try {
      pid = Long.parseLong(nativeId);
    } catch (NumberFormatException e) {
      throw new InvalidJobException("native_id", "must be a process id, was '" + nativeId + "'", e);
    }
    if (pid <= 1 || pid == ProcessHandle.current().pid()) {
      throw new InvalidJobException(
          "native_id", "must be the id of a process that can be a job, was " + pid);
    }
    Attachment attachment =
        new Attachment(pid, workDirectory, timer, status -> reportAttached(job, status));
    attachments.put(job, attachment);
    try {
      attachment.follow();
    } catch (IOException e) {
      attachments.remove(job);
      throw new SubmitException(
          "The journals in " + workDirectory.root() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void reportAttached(Job job, JobStatus status) {
    report(job, status);
    if (status.isFinal()) {
      attachments.remove(job);
    }
  }

  /** Lists the jobs of this work directory that run, whoever submitted them. */
  @Override
  protected List<String> doList() {
    try {
      return Journal.readAll(workDirectory.root()).stream()
          .filter(Journal.Entry::isAlive)
          .map(entry -> String.valueOf(entry.pid()))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new SubmitException(
          "The journals in " + workDirectory.root() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  protected void doClose() {
    closed = true;
    terminator.close();
    timer.close();
    statusWatch.close();
    starter.close();
    journal.close();
    workDirectory.close();
  }
}
