package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.psij.ExecutorContext;
import org.psij.FailureCause;
import org.psij.Feature;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.psij.SubmitException;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.StatusFile;
import org.psij.executors.work.StatusLine;
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

  private final LocalExecutorConfig config;
  private final WorkDirectory workDirectory;
  private final Journal journal;
  private final LocalJobPreparation preparation;
  private final ProcessStarter starter = new ProcessBuilderStarter();
  private final Timer timer = new Timer();
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
    try {
      journal = new Journal(workDirectory);
      new Retention(workDirectory, config.getRetention()).removeExpired();
    } catch (IOException e) {
      throw new PsijException("Cannot use the work directory " + workDirectory.root(), e);
    }
    preparation = new LocalJobPreparation(config, workDirectory);
    terminator = new Terminator(starter, timer, config.getTerminationGrace());
    LOG.debug("Processes are started by {}", starter.describe());
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
  protected String doSubmit(Job job, JobSpec spec) {
    LocalRun run = preparation.prepare(job, spec);
    StartedProcess process = start(run, spec);
    runs.put(job, run);
    RunningProcesses.add(process);
    if (run.directory() == null) {
      reportAt(job, JobState.ACTIVE, process.startTime());
    } else {
      reportAt(job, JobState.QUEUED, process.startTime());
      run.watched(statusWatch.watch(run.directory().path(), () -> readStatus(run)));
      readStatus(run); // what was written before the watch began
    }
    enforceWalltime(run, process, spec.getAttributes().getDuration());
    process.onEnd(end -> processEnded(run, end));
    return String.valueOf(process.pid());
  }

  private StartedProcess start(LocalRun run, JobSpec spec) {
    String jobId = run.job().getId();
    try {
      journal.submitting(jobId, spec);
      StartedProcess process = starter.start(run.request());
      journal.started(jobId, process);
      return process;
    } catch (IOException e) {
      preparation.discard(run);
      throw new SubmitException(
          "Job " + jobId + ": '" + spec.getExecutable() + "' cannot be started: " + e.getMessage(),
          e);
    }
  }

  private void reportAt(Job job, JobState state, Instant time) {
    report(job, JobStatus.builder(state).time(time).build());
  }

  private void enforceWalltime(LocalRun run, StartedProcess process, Duration walltime) {
    if (config.isWalltimeEnforced()) {
      Runnable calledOff =
          timer.after(walltime, () -> end(run, process.pid(), LocalRun.EndReason.WALLTIME_OVER));
      process.onEnd(end -> calledOff.run());
    }
  }

  @Override
  protected void doCancel(Job job, String nativeId) {
    long pid = Long.parseLong(nativeId);
    LocalRun run = runs.get(job);
    if (run != null) {
      end(run, pid, LocalRun.EndReason.CANCELED);
      return;
    }
    Attachment attachment = attachments.get(job);
    if (attachment != null) {
      attachment.cancel(terminator);
    }
  }

  private void end(LocalRun run, long pid, LocalRun.EndReason reason) {
    if (!run.ending(reason)) {
      return;
    }
    try {
      if (run.directory() != null && reason == LocalRun.EndReason.CANCELED) {
        PrivateFiles.create(run.directory().cancelMark());
      }
    } catch (IOException e) {
      LOG.warn("Job {} (native id {}) cannot be marked as cancelled", run.job().getId(), pid, e);
    }
    terminator.terminate(pid, () -> finishIfDue(run, run.gone()));
  }

  private void processEnded(LocalRun run, ProcessEnd end) {
    try {
      journal.ended(run.job().getId(), end);
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
    StatusLine last = readStatus(run);
    finalStatuses(run, end, last).forEach(status -> report(run.job(), status));
    runs.remove(run.job());
  }

  /** Reports what the script has told, and returns its last word if it has come to that. */
  private @Nullable StatusLine readStatus(LocalRun run) {
    StatusFile file = run.statusFile();
    if (file == null) {
      return null;
    }
    synchronized (file) {
      try {
        for (StatusLine line : file.readNew()) {
          if (line.state().isFinal()) {
            run.lastWord(line);
          } else {
            reportAt(run.job(), line.state(), line.time());
          }
        }
      } catch (IOException e) {
        LOG.warn(
            "Job {} (native id {}): its status file cannot be read",
            run.job().getId(),
            run.job().getNativeId(),
            e);
      }
      return run.lastWord();
    }
  }

  private List<JobStatus> finalStatuses(LocalRun run, ProcessEnd end, @Nullable StatusLine last) {
    if (last != null && last.state() == JobState.COMPLETED) {
      return List.of(
          JobStatus.builder(JobState.COMPLETED)
              .time(last.time())
              .exitCode(0)
              .message(last.message())
              .build());
    }
    LocalRun.EndReason reason = run.endReason();
    if (reason == LocalRun.EndReason.CANCELED) {
      return List.of(Ends.canceled().time(end.time()).exitCode(end.exitCode()).build());
    }
    if (reason == LocalRun.EndReason.WALLTIME_OVER) {
      return List.of(walltimeOver(run, end));
    }
    if (last != null && last.isStagingFailure()) {
      return List.of(
          JobStatus.builder(JobState.FAILED)
              .time(last.time())
              .exitCode(last.exitCode())
              .cause(FailureCause.STAGING)
              .message(last.message())
              .build());
    }
    return run.directory() == null ? Ends.of(end) : scriptFailed(run, end, last);
  }

  private static JobStatus walltimeOver(LocalRun run, ProcessEnd end) {
    JobSpec spec = Objects.requireNonNull(run.job().getSpec());
    String walltime = JobAttributes.formatWalltime(spec.getAttributes().getDuration());
    return JobStatus.builder(JobState.FAILED)
        .time(end.time())
        .exitCode(end.exitCode())
        .cause(FailureCause.TIME_LIMIT)
        .message("ended when its walltime of " + walltime + " was over")
        .build();
  }

  private static List<JobStatus> scriptFailed(
      LocalRun run, ProcessEnd end, @Nullable StatusLine last) {
    if (end.signal() != null || last == null) {
      return List.of(Ends.failed(end, Ends.messageFor(end)));
    }
    String problem = StderrTail.explainFailure(run, end.exitCode());
    if (problem != null) {
      return List.of(
          JobStatus.builder(JobState.FAILED)
              .time(last.time())
              .exitCode(end.exitCode())
              .cause(FailureCause.LAUNCHER)
              .message(problem)
              .build());
    }
    String message = Ends.exitCodeMessage(end.exitCode());
    return List.of(
        Ends.failed(end, last.message() == null ? message : message + "; " + last.message())
            .toBuilder()
            .time(last.time())
            .build());
  }

  @Override
  protected void doAttach(Job job, String nativeId) {
    long pid;
    try {
      pid = Long.parseLong(nativeId);
    } catch (NumberFormatException e) {
      throw new InvalidJobException("native_id", "must be a process id, was '" + nativeId + "'", e);
    }
    Attachment attachment =
        new Attachment(pid, workDirectory.root(), timer, status -> reportAttached(job, status));
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
          .filter(entry -> entry.end() == null)
          .map(Journal.Entry::pid)
          .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
          .map(String::valueOf)
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
    timer.close();
    statusWatch.close();
    starter.close();
    journal.close();
    workDirectory.close();
  }
}
