package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.BatchScripts;
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
import org.psij.ResourceStatus;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.JobScript;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.Retention;
import org.psij.executors.work.Timer;
import org.psij.executors.work.WorkDirectory;
import org.psij.spi.Submission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs through a batch scheduler: the one engine for all of them, which knows its scheduler by
 * a {@link BatchScheduler dialect}. Every job has a directory in the work directory, which must be
 * shared between this machine and those where jobs run; its script tells in there what it does.
 * Native ids are those of the scheduler.
 */
public final class BatchSchedulerExecutor extends JobExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSchedulerExecutor.class);

  private final BatchScheduler scheduler;
  private final NativeIds nativeIds;
  private final BatchExecutorConfig config;
  private final WorkDirectory workDirectory;
  private final BatchScriptWriter scripts;
  private final Submitter submitter;
  private final Handover handover;
  private final Places places;
  private final BatchFiles files;
  private final @Nullable BulkSubmission bulk;
  private final @Nullable ReadyScripts readyScripts;
  private final @Nullable ResourceStatus resources;
  private final Timer timer;
  private final Poller poller;
  private final @Nullable HintSocket hints;
  private final @Nullable SchedulerQueue queue;
  private final Map<Job, BatchRun> runs = new ConcurrentHashMap<>();
  private final Surroundings surroundings = new Surroundings();
  private volatile boolean closed;

  /**
   * Creates the executor, and its folder in the work directory.
   *
   * @param context what the registry knows, with a {@link BatchExecutorDescriptor}, and the user
   *     wants
   * @throws PsijException if the work directory or the port for hints cannot be used
   */
  public BatchSchedulerExecutor(ExecutorContext context) {
    super(context);
    if (context.getUrl() != null) {
      throw new IllegalArgumentException(
          "The executor '" + getName() + "' takes no url, was '" + context.getUrl() + "'");
    }
    if (!(context.getDescriptor() instanceof BatchExecutorDescriptor descriptor)) {
      throw new IllegalArgumentException(
          "The descriptor of '" + getName() + "' is no " + BatchExecutorDescriptor.class);
    }
    scheduler = descriptor.getScheduler();
    nativeIds = new NativeIds(scheduler);
    config = BatchExecutorConfig.of(context.getConfig(), getName(), System::getenv);
    workDirectory = WorkDirectory.open(config.getWorkDirectory(), getName());
    CommandRunner runner = new LocalCommandRunner(config.getCommandFolder(), this::isHidden);
    scripts = new BatchScriptWriter(scheduler, config, workDirectory);
    submitter = new Submitter(scheduler, config, runner, getName());
    handover = new Handover(scheduler, workDirectory, nativeIds, scripts, submitter);
    places = new Places(workDirectory, nativeIds);
    queue = queue(runner);
    files = new BatchFiles(workDirectory, places, scripts, submitter);
    bulk = bulkSubmission(runner);
    readyScripts = readyScripts();
    resources = resourceStatus(runner);
    hints = openWatcher();
    timer = new Timer("psij-" + getName() + "-timer");
    poller = Poller.join(this, getName(), scheduler, config, runner);
  }

  private @Nullable SchedulerQueue queue(CommandRunner runner) {
    QueueDialect dialect = scheduler.queue();
    return dialect == null
        ? null
        : new SchedulerQueue(getName(), dialect, runner, config.getQueryTimeout());
  }

  private boolean isHidden(String variable) {
    return scheduler.isHiddenFromCommands(variable) || JobScript.SHELL_STARTUP.contains(variable);
  }

  private @Nullable HintSocket openWatcher() {
    HintSocket socket = null;
    try {
      PrivateFiles.createDirectories(workDirectory.watchers());
      Retention retention = new Retention(workDirectory, config.getRetention());
      retention.removeDeadWatchers();
      if (!config.isKeepFiles() && retention.isDue()) {
        retention.removeExpired();
      }
      PrivateFiles.createDirectories(workDirectory.root().resolve("by-native-id"));
      if (config.getHintPort() >= 0) {
        socket = joinHints();
      }
      if (socket != null) {
        PrivateFiles.writeAtomically(watcher(), String.join("\n", socket.addresses()) + "\n");
      }
      return socket;
    } catch (IOException e) {
      if (socket != null) {
        socket.leave();
      }
      workDirectory.close();
      throw new PsijException("Cannot use the work directory " + workDirectory.root(), e);
    } catch (RuntimeException e) {
      workDirectory.close();
      throw e;
    }
  }

  /** Without hints all is found as well, only later. */
  private @Nullable HintSocket joinHints() {
    try {
      return HintSocket.join(config.getHintPort());
    } catch (PsijException e) {
      LOG.warn("{}; news of jobs come with the questions to the scheduler", e.getMessage());
      return null;
    }
  }

  private Path watcher() {
    return workDirectory.watchers().resolve(workDirectory.owner());
  }

  @Override
  public JobExecutorConfig getConfig() {
    return config;
  }

  @Override
  public Set<Feature> getFeatures() {
    return EnumSet.allOf(Feature.class);
  }

  @Override
  public <C> Optional<C> capability(Class<C> type) {
    ScriptPreview preview = this::preview;
    BatchScripts ready = readyScripts == null ? null : this::submitScript;
    return Stream.of(preview, ready, files.jobFiles(), files.leftovers(), queue, resources)
        .filter(type::isInstance)
        .<C>map(type::cast)
        .findFirst();
  }

  private void submitScript(Job job, Path script) {
    ReadyScripts ready = Objects.requireNonNull(readyScripts);
    handOver(
        job,
        () -> {
          String nativeId = ready.submit(script);
          reportQueued(job);
          BatchRun run = new BatchRun(job, null, null, nativeId, surroundings);
          follow(run);
          poll(run, config.getInitialDelay());
          return nativeId;
        });
  }

  private @Nullable ReadyScripts readyScripts() {
    ScriptDialect dialect = scheduler.scripts();
    return dialect == null
        ? null
        : new ReadyScripts(
            dialect,
            config,
            new LocalCommandRunner(config.getCommandFolder(), scheduler::isHiddenFromCommands),
            submitter,
            nativeIds);
  }

  private ScriptPreview.Preview preview(Job job) {
    JobSpec spec = job.getSpec();
    if (spec == null) {
      throw new InvalidJobException(null, "Job " + job.getId() + " has no specification");
    }
    BatchJob described = scripts.describe(job, spec);
    JobDirectory directory = workDirectory.jobDirectory(job.getId());
    return new ScriptPreview.Preview(
        scripts.script(job, described, directory),
        scheduler.submitCommand(described, directory.script().toString()),
        described.resources());
  }

  @Override
  protected String doSubmit(Job job, JobSpec spec) {
    JobDirectory place = places.of(job);
    BatchJob described = scripts.describe(job, spec);
    String script = place.array() == null ? scripts.script(job, described, place) : "";
    BatchRun run = begin(job, spec, place);
    try {
      accepted(run, handover.handOver(described, place, script));
    } catch (RuntimeException e) {
      forget(run);
      throw e;
    }
    return run.nativeId();
  }

  private BatchRun begin(Job job, @Nullable JobSpec spec, JobDirectory place) {
    BatchRun run = new BatchRun(job, spec, place, "", surroundings);
    reportQueued(job);
    follow(run);
    return run;
  }

  private void accepted(BatchRun run, String nativeId) {
    run.accepted(nativeId);
    poll(run, config.getInitialDelay());
  }

  private void reportQueued(Job job) {
    report(job, JobStatus.builder(JobState.QUEUED).build());
  }

  private void follow(BatchRun run) {
    runs.put(run.job(), run);
    JobDirectory directory = run.directory();
    if (hints != null && directory != null) {
      hints.add(directory.hint(), run);
    }
  }

  private void forget(BatchRun run) {
    runs.remove(run.job());
    poller.remove(run);
    JobDirectory directory = run.directory();
    if (hints != null && directory != null) {
      hints.remove(directory.hint(), run);
    }
  }

  @Override
  protected void doSubmitAll(List<Job> jobs, Submission out) {
    if (jobs.size() <= 1) {
      super.doSubmitAll(jobs, out);
    } else {
      SubmitThreads.run(
          "psij-" + getName() + "-submit",
          config.getSubmitConcurrency(),
          bulk == null ? each(jobs, out) : bulk.submissions(jobs, out));
    }
  }

  private @Nullable BulkSubmission bulkSubmission(CommandRunner runner) {
    ArrayDialect dialect = scheduler.arrays();
    if (dialect == null || config.getJobArrays() == JobArrays.NEVER) {
      return null;
    }
    boolean withNames = config.getJobArrays() == JobArrays.SAME_NAME;
    return new BulkSubmission(
        new Grouping(scheduler, scripts, withNames),
        new ArrayLimit(dialect, runner, config.getQueryTimeout()),
        places,
        new ArraySubmission(
            workDirectory,
            scripts,
            dialect,
            new ArrayHandover(workDirectory, nativeIds, scripts, submitter, handover),
            new Engine()));
  }

  private @Nullable ResourceStatus resourceStatus(CommandRunner runner) {
    ResourceDialect dialect = scheduler.resources();
    return dialect == null
        ? null
        : new SchedulerResources(scheduler, dialect, runner, config.getQueryTimeout());
  }

  private List<Runnable> each(List<Job> jobs, Submission out) {
    return jobs.stream().<Runnable>map(job -> () -> submitAlone(job, out)).toList();
  }

  private void submitAlone(Job job, Submission out) {
    super.doSubmitAll(List.of(job), out);
  }

  @Override
  protected void doAttach(Job job, String nativeId) {
    if (!nativeIds.contain(nativeId)) {
      throw new InvalidJobException(
          "native_id", "must be an id of '" + getName() + "', was '" + nativeId + "'");
    }
    JobDirectory directory = places.find(nativeId);
    JobSpec spec = directory == null ? null : StoredJob.readSpec(directory);
    places.putAttached(job, directory);
    followRunning(new BatchRun(job, spec, directory, nativeId, surroundings));
  }

  private void followRunning(BatchRun run) {
    follow(run);
    try {
      run.look();
      if (run.directory() != null) {
        reportQueued(run.job()); // after what has its own time, which it would push to now
      }
    } catch (RuntimeException e) {
      forget(run);
      throw e;
    }
    if (!run.hasEnded()) {
      poll(run, Duration.ZERO);
      poller.lookSoon(Duration.ZERO);
    }
  }

  /** The job may have ended, or this executor may have been closed, in the meantime. */
  private void poll(BatchRun run, Duration initialDelay) {
    poller.add(run, initialDelay);
    if (run.hasEnded() || closed) {
      forget(run);
    }
  }

  @Override
  protected void doCancel(Job job, String nativeId) {
    BatchRun run = runs.get(job);
    if (run == null) {
      return;
    }
    run.look();
    if (run.hasEnded()) {
      return;
    }
    if (run.isForgotten()) {
      throw new SubmitException(
          "Job "
              + job.getId()
              + " is not cancelled: the scheduler has forgotten it, and given its id "
              + run.nativeId()
              + " to another job");
    }
    boolean marked = CancelMark.set(run);
    try {
      submitter.cancel(run);
    } catch (SubmitException e) {
      if (marked && !e.isOutcomeUnknown() && !run.hasStopped()) {
        CancelMark.remove(run);
      }
      throw e;
    }
    run.canceled();
  }

  @Override
  protected List<String> doList() {
    return submitter.list();
  }

  @Override
  protected void doRefresh() {
    poller.look();
  }

  @Override
  protected List<Job> doRecover() {
    try {
      return new Recovery(workDirectory, nativeIds, submitter)
          .orphans().stream().map(this::resumeIfPossible).flatMap(Optional::stream).toList();
    } catch (IOException | CommandException e) {
      throw SubmitException.ofTransient(
          "The jobs of earlier processes cannot be found out: " + e.getMessage(), e);
    }
  }

  /** A job that cannot be taken over is left to a later attempt, and keeps no other from it. */
  private Optional<Job> resumeIfPossible(StoredJob stored) {
    try {
      return Optional.of(resume(stored));
    } catch (RuntimeException e) {
      LOG.error("Job {} (native id {}) cannot be recovered", stored.id(), stored.nativeId(), e);
      Recovery.giveBack(stored);
      return Optional.empty();
    }
  }

  private Job resume(StoredJob stored) {
    Job job = restore(stored.id(), stored.spec(), stored.nativeId());
    places.put(job, stored.directory());
    if (stored.nativeId() != null) {
      handover.keepNativeId(stored.directory(), stored.nativeId());
      followRunning(
          new BatchRun(job, stored.spec(), stored.directory(), stored.nativeId(), surroundings));
    }
    return job;
  }

  @Override
  protected void endWasTold(Job job) {
    files.endWasTold(job);
  }

  @Override
  protected void doClose() {
    closed = true;
    runs.values().forEach(this::forget);
    poller.leave(this, runs.values());
    timer.close();
    if (queue != null) {
      queue.close();
    }
    if (hints != null) {
      hints.leave();
    }
    try {
      Files.deleteIfExists(watcher());
    } catch (IOException e) {
      LOG.debug("{} cannot be removed", watcher(), e);
    }
    workDirectory.close();
  }

  /** What a job needs of this executor. */
  private final class Surroundings implements BatchRun.Surroundings {
    @Override
    public void report(Job job, JobStatus status) {
      BatchSchedulerExecutor.this.report(job, status);
    }

    @Override
    public void after(Duration delay, Runnable task) {
      timer.after(delay, task);
    }

    @Override
    public void lookSoon(Duration delay) {
      poller.lookSoon(delay);
    }

    @Override
    public Duration graceTime() {
      Duration accounting = scheduler.accountingDelay();
      Duration grace = config.getGraceTime();
      return accounting.compareTo(grace) > 0 ? accounting : grace;
    }

    @Override
    public @Nullable String explainFailure(JobSpec spec, JobDirectory directory, int exitCode) {
      return scripts.explainFailure(spec, directory, exitCode);
    }

    @Override
    public boolean isNativeId(String text) {
      return nativeIds.contain(text);
    }

    @Override
    public void ended(BatchRun run) {
      forget(run);
    }
  }

  /** What the submission of an array needs of this executor. */
  private final class Engine implements ArraySubmission.Engine {
    @Override
    public void submitAlone(Job job, Submission out) {
      BatchSchedulerExecutor.this.submitAlone(job, out);
    }

    @Override
    public BatchRun begin(Job job, JobDirectory place) {
      places.put(job, place);
      return BatchSchedulerExecutor.this.begin(job, job.getSpec(), place);
    }

    @Override
    public void accepted(BatchRun run, String nativeId) {
      BatchSchedulerExecutor.this.accepted(run, nativeId);
    }

    @Override
    public void notTaken(BatchRun run, boolean forCertain) {
      forget(run);
      if (forCertain) {
        places.remove(run.job());
      }
    }
  }
}
