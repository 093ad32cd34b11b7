package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.ExecutorContext;
import org.psij.Feature;
import org.psij.InvalidJobException;
import org.psij.InvalidStateException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.PsijException;
import org.psij.QueueView;
import org.psij.QueuedJob;
import org.psij.ResourceStatus;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.Leftovers;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.Retention;
import org.psij.executors.work.StatusFile;
import org.psij.executors.work.StatusLine;
import org.psij.executors.work.StderrTail;
import org.psij.executors.work.Timer;
import org.psij.executors.work.WorkDirectory;
import org.psij.spi.Submission;
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
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final String UNKNOWN_ID = "unknown";

  /** So many processes are asked for in one piece. */
  private static final int AT_ONCE = 64;

  private final LocalExecutorConfig config;
  private final WorkDirectory workDirectory;
  private final Journals journals;
  private final Journal journal;
  private final JournalReader ownJournal;
  private final LocalSubmission submission;
  private final ProcessStarter starter;
  private final Timer timer = new Timer("psij-local-timer");
  private final StatusWatch statusWatch = new StatusWatch();
  private final JournalWatch journalWatch = new JournalWatch(timer);
  private final Terminator terminator;
  private final LocalRecovery recovery;
  private final LocalFiles files;
  private final Map<Job, LocalRun> runs = new ConcurrentHashMap<>();
  private final Map<Job, Attachment> attachments = new ConcurrentHashMap<>();

  /** The journals of other processes that tell of jobs which this executor has recovered. */
  private final Map<Job, Path> recoveredFrom = new ConcurrentHashMap<>();

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
    journals = new Journals(workDirectory.root());
    try {
      Retention retention = new Retention(workDirectory, config.getRetention());
      if (retention.isDue()) {
        retention.removeExpired();
        journals.removeExpired(workDirectory, config.getRetention());
      }
      journal = Journal.create(journals.file(workDirectory.owner()), workDirectory.owner());
      ownJournal = JournalReader.ofUntold(journal.file());
      starter =
          config.isSpawnHelper()
              ? new HelperStarter(PYTHON, journal, timer)
              : new ProcessBuilderStarter(journal, "no spawn helper is wanted");
    } catch (IOException e) {
      workDirectory.close();
      throw new PsijException(
          "Cannot use the work directory " + workDirectory.root() + ": " + e.getMessage(), e);
    }
    submission =
        new LocalSubmission(
            journal, new LocalJobPreparation(config, workDirectory, starter), starter);
    terminator = new Terminator(timer, config.getTerminationGrace());
    recovery = new LocalRecovery(workDirectory, journals);
    files = new LocalFiles(workDirectory, journals, journal, config.getLauncherLogFile());
  }

  @Override
  public JobExecutorConfig getConfig() {
    return config;
  }

  @Override
  public Set<Feature> getFeatures() {
    return EnumSet.of(
        Feature.STAGING,
        Feature.PRE_POST_LAUNCH,
        Feature.MULTI_PROCESS,
        Feature.ATTACH,
        Feature.RECOVER);
  }

  @Override
  public <C> Optional<C> capability(Class<C> type) {
    QueueView queue = this::queue;
    ResourceStatus resources = new LocalResources(runs::values);
    ProcessStarting starting = starter::describe;
    Leftovers leftovers = files::leftovers;
    return Stream.of(starting, queue, resources, files.jobFiles(), leftovers)
        .filter(type::isInstance)
        .<C>map(type::cast)
        .findFirst();
  }

  private Stream<QueuedJob> queue() {
    if (closed) {
      throw new InvalidStateException("The executor '" + getName() + "' is closed");
    }
    return new LocalQueue(workDirectory.root()).stream();
  }

  @Override
  protected String doSubmit(Job job, JobSpec spec) {
    return started(submission.start(List.of(submission.ready(job, spec))).get(0));
  }

  /** While some jobs are being started, the next ones are made ready. */
  @Override
  protected void doSubmitAll(List<Job> jobs, Submission out) {
    List<LocalSubmission.Starting> before = List.of();
    for (int first = 0; first < jobs.size(); first += AT_ONCE) {
      List<Job> some = jobs.subList(first, Math.min(first + AT_ONCE, jobs.size()));
      List<LocalSubmission.Starting> now = List.of();
      try {
        now = submission.start(ready(some, out));
      } finally {
        before.forEach(starting -> tell(starting, out));
      }
      before = now;
    }
    before.forEach(starting -> tell(starting, out));
  }

  private List<LocalSubmission.Ready> ready(List<Job> jobs, Submission out) {
    List<LocalSubmission.Ready> ready = new ArrayList<>(jobs.size());
    for (Job job : jobs) {
      try {
        ready.add(submission.ready(job, Objects.requireNonNull(job.getSpec())));
      } catch (RuntimeException e) {
        LOG.debug("Job {} is refused", job.getId(), e);
        super.doSubmitAll(List.of(job), out); // which says why
      }
    }
    return ready;
  }

  private void tell(LocalSubmission.Starting starting, Submission out) {
    Job job = starting.ready().run().job();
    try {
      out.accepted(job, started(starting));
    } catch (PsijException e) {
      out.refused(job, e);
    } catch (RuntimeException e) {
      out.refused(job, new SubmitException("Job " + job.getId() + " was not started: " + e, e));
    }
  }

  /** Returns the native id of a job that has been started. */
  private String started(LocalSubmission.Starting starting) {
    LocalRun run = starting.ready().run();
    StartedProcess process = submission.await(starting);
    ProcessId id = process.id();
    run.started(id);
    runs.put(run.job(), run);
    try {
      watch(run, process, starting.ready().spec());
    } catch (RuntimeException | OutOfMemoryError e) { // of threads, too
      LOG.error(
          "Job {} (native id {}) runs, and cannot be watched as it should",
          run.job().getId(),
          id.pid(),
          e);
    }
    return String.valueOf(id.pid());
  }

  private void watch(LocalRun run, StartedProcess process, JobSpec spec) {
    Instant start = process.id().startTime();
    JobDirectory directory = run.directory();
    try {
      RunningProcesses.add(process, workDirectory.root());
      reportAt(run.job(), directory == null ? JobState.ACTIVE : JobState.QUEUED, start);
      if (directory != null) {
        watch(run, directory);
      }
      enforceWalltime(run, process, spec.getAttributes().getDuration());
    } finally {
      process.onEnd(end -> processEnded(run, end));
    }
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
    if (runs.containsKey(run.job()) && readStatus(run) == null && !closed) {
      timer.after(POLL, () -> poll(run));
    }
  }

  private void reportAt(Job job, JobState state, Instant time) {
    report(job, JobStatus.builder(state).time(time).build());
  }

  private void enforceWalltime(LocalRun run, StartedProcess process, Duration walltime) {
    if (config.isWalltimeEnforced()) {
      Runnable calledOff =
          timer.after(walltime, () -> end(run, process.id(), EndReason.WALLTIME_OVER));
      process.onEnd(end -> calledOff.run());
    }
  }

  @Override
  protected void doCancel(Job job, String nativeId) {
    LocalRun run = runs.get(job);
    Attachment attachment = attachments.get(job);
    if (run != null) {
      run.process().ifPresent(process -> end(run, process, EndReason.CANCELED));
    } else if (attachment != null) {
      attachment.cancel(terminator);
    }
  }

  private void end(LocalRun run, ProcessId process, EndReason reason) {
    if (!run.ending(reason)) {
      return;
    }
    try {
      journal.ending(run.job().getId(), reason);
      if (run.directory() != null && reason == EndReason.CANCELED) {
        PrivateFiles.create(run.directory().cancelMark());
      }
    } catch (IOException e) {
      LOG.warn(
          "Job {} (native id {}) cannot be marked as cancelled",
          run.job().getId(),
          process.pid(),
          e);
    }
    terminator.terminate(process, () -> finishIfDue(run, run.gone()));
  }

  private void processEnded(LocalRun run, ProcessEnd end) {
    if (!Integer.valueOf(0).equals(end.exitCode())) {
      noteReasonOfOthers(run);
    }
    finishIfDue(run, run.ended(end));
  }

  /** An executor that is attached to the job may have ended it, and said so in the journal. */
  private void noteReasonOfOthers(LocalRun run) {
    try {
      ownJournal.read();
      JournalEntry entry = ownJournal.entry(run.job().getId());
      EndReason reason = entry == null ? null : entry.reason();
      if (reason != null && run.ending(reason)) {
        run.gone(); // others have seen to that
      }
    } catch (IOException e) {
      LOG.warn("The journal {} cannot be read", journal.file(), e);
    }
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
    try {
      attach(job, pid);
    } catch (IOException e) {
      throw new SubmitException(
          "The journals in " + workDirectory.root() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void attach(Job job, long pid) throws IOException {
    Path elsewhere = RunningProcesses.find(pid);
    Path root = elsewhere == null ? workDirectory.root() : elsewhere;
    Journals.Found found = new Journals(root).find(pid);
    ProcessId alive = ProcessId.ofAlive(pid);
    if (found != null) {
      follow(job, root, found);
    } else if (alive != null) {
      follow(job, new Attachment(alive, status -> reportAttached(job, status)));
    } else {
      report(job, Evidence.lost("exit code unknown: there is no process " + pid));
    }
  }

  private void follow(Job job, Path root, Journals.Found found) {
    String jobId = found.entry().jobId();
    files.put(job, root, found);
    follow(
        job,
        new Attachment(
            Objects.requireNonNull(found.entry().process()),
            journalWatch.join(found),
            jobId,
            new JobDirectory(root.resolve(jobId)),
            status -> reportAttached(job, status)));
  }

  private void follow(Job job, Attachment attachment) {
    attachments.put(job, attachment);
    journalWatch.follow(attachment);
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
      return journals.running().stream()
          .map(process -> String.valueOf(process.pid()))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new SubmitException(
          "The journals in " + workDirectory.root() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  protected List<Job> doRecover() {
    try {
      return recovery.orphans().stream()
          .map(this::resumeIfPossible)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw SubmitException.ofTransient(
          "The jobs of earlier processes cannot be found out: " + e.getMessage(), e);
    }
  }

  /** A job that cannot be resumed is left to a later attempt, and keeps no other from it. */
  private Optional<Job> resumeIfPossible(Journals.Found orphan) {
    JournalEntry entry = orphan.entry();
    JobSpec spec = orphan.journal().spec(entry.jobId());
    if (spec == null && !entry.mayHaveRun()) {
      LOG.warn("Job {} was never handed over whole, and is left out", entry.jobId());
      return Optional.empty();
    }
    try {
      Job job = resume(orphan, spec);
      recovery.handedOut(job.getId());
      return Optional.of(job);
    } catch (RuntimeException e) {
      LOG.error("Job {} cannot be recovered", entry.jobId(), e);
      return Optional.empty();
    }
  }

  private Job resume(Journals.Found orphan, @Nullable JobSpec spec) {
    JournalEntry entry = orphan.entry();
    String jobId = entry.jobId();
    ProcessId process = entry.process();
    if (process == null && entry.starting()) {
      process = findUnconfirmed(orphan);
    }
    if (process == null) {
      Job job = restore(jobId, spec, entry.starting() ? UNKNOWN_ID : null);
      recoveredFrom.put(job, orphan.journal().file());
      if (entry.starting()) {
        report(job, Evidence.lost("killed together with whoever started it; it may have run"));
      }
      return job;
    }
    Job job = restore(jobId, spec, String.valueOf(process.pid()));
    recoveredFrom.put(job, orphan.journal().file());
    follow(
        job,
        workDirectory.root(),
        new Journals.Found(orphan.journal(), entry.withProcess(process)));
    return job;
  }

  /**
   * Finds a process that was started by somebody who was killed before it could be written down.
   */
  private static @Nullable ProcessId findUnconfirmed(Journals.Found orphan) {
    String jobId = orphan.entry().jobId();
    try (Journal journal = Journal.continued(orphan.journal().file())) {
      ProcessId process = HelperStarter.find(jobId);
      journal.started(jobId, process);
      return process;
    } catch (IOException e) {
      LOG.warn("Job {}: {}", jobId, e.getMessage());
      return null;
    }
  }

  @Override
  protected void endWasTold(Job job) {
    Path file = recoveredFrom.remove(job);
    if (file == null && job.getSpec() == null) {
      return; // attached: somebody else answers for it
    }
    try {
      journal.told(job.getId());
      if (file != null) {
        try (Journal recovered = Journal.continued(file)) {
          recovered.told(job.getId());
        }
      }
    } catch (IOException e) {
      LOG.warn(
          "Job {} (native id {}): its end may be told again to a later process",
          job.getId(),
          job.getNativeId(),
          e);
    }
  }

  @Override
  protected void doClose() {
    closed = true;
    try (workDirectory;
        journal;
        starter;
        statusWatch;
        timer;
        terminator) { // closed from the last to the first, whatever one of them throws
      LOG.debug("The executor lets go of {} jobs", runs.size());
      RunningProcesses.removeEnded();
    }
  }
}
