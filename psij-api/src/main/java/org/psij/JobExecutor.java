package org.psij;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psij.spi.ExecutorDescriptor;
import org.psij.spi.PluginInfo;
import org.psij.spi.Submission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs on one kind of system (PSI/J: {@code JobExecutor}). Safe for use by many threads. Users
 * get one with {@link #getInstance(String)} and close it when done; closing does not touch jobs.
 *
 * <p>Authors of executors extend this class: one public constructor with an {@link
 * ExecutorContext}, and the {@code do…} methods. Those may be called by many threads at once, and
 * never under a lock of this class. What happens to a job is told with {@link #report}.
 */
public abstract class JobExecutor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobExecutor.class);

  private final ExecutorContext context;
  private final CallbackPool pool = new CallbackPool();
  private final Executor callbackExecutor;
  private final Set<Job> liveJobs = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable JobStatusCallback callback;

  /**
   * Creates an executor.
   *
   * @param context what the registry knows and the user wants
   */
  protected JobExecutor(ExecutorContext context) {
    this.context = context;
    Executor chosen = context.getConfig().getCallbackExecutor();
    this.callbackExecutor = chosen == null ? pool : chosen;
  }

  /**
   * Finds an executor in its highest version, for this machine and with default settings.
   *
   * @param name its name or an alias, or {@code auto} for the one that {@link #detect} chooses;
   *     case does not matter
   * @return a new executor, which the caller closes
   * @throws IllegalArgumentException if there is none of that name; the message lists what there is
   * @throws PsijException if it cannot be loaded, or two places offer the same version
   */
  public static JobExecutor getInstance(String name) {
    return getInstance(name, null, null, null);
  }

  /**
   * Finds an executor.
   *
   * @param name its name or an alias, or {@code auto} for the one that {@link #detect} chooses with
   *     these settings; case does not matter
   * @param versionConstraint clauses that the version must satisfy, all of them, such as {@code (>
   *     0.0.2, != 0.0.4)}, with the operators {@code == != < <= > >=} and Maven's order of
   *     versions; the parentheses may be left out; null for any version. The highest that fits is
   *     taken.
   * @param url where to connect to, in a form that the executor understands, or null for this
   *     machine
   * @param config settings, or null for the default ones
   * @return a new executor, which the caller closes
   * @throws IllegalArgumentException if there is none of that name and version, or the constraint
   *     cannot be read; the message lists what there is
   * @throws PsijException if it cannot be loaded, or two places offer the same version
   */
  public static JobExecutor getInstance(
      String name,
      @Nullable String versionConstraint,
      @Nullable String url,
      @Nullable JobExecutorConfig config) {
    JobExecutorConfig settings = config == null ? JobExecutorConfig.builder().build() : config;
    String wanted = ExecutorDetector.isAuto(name) ? detect(settings).getName() : name;
    Plugin<ExecutorDescriptor> plugin = PluginRegistry.EXECUTORS.find(wanted, versionConstraint);
    return plugin.create(
        JobExecutor.class,
        ExecutorContext.class,
        new ExecutorContext(plugin.descriptor(), url, settings));
  }

  /**
   * Finds out which executor the name {@code auto} stands for now: the one that the environment
   * variable {@code PSIJ_EXECUTOR} names, or else the one that fits best by what the executors find
   * out themselves. The best is a scheduler in one of whose allocations this process runs, then one
   * that answers, then one that is set up here and does not answer now, then this machine. Of
   * several that fit alike the first is chosen, in the order in which the registry found them; the
   * reason names the others. Asks the schedulers, for 12 seconds at most, and each time anew.
   *
   * @return the name of the executor, and why; also logged
   * @throws IllegalArgumentException if {@code PSIJ_EXECUTOR} names no executor, or none fits
   * @throws PsijException if the thread is interrupted
   */
  public static ExecutorChoice detect() {
    return detect(JobExecutorConfig.builder().build());
  }

  private static ExecutorChoice detect(JobExecutorConfig config) {
    Host here = new Host(System::getenv, config);
    ExecutorChoice choice = new ExecutorDetector(PluginRegistry.EXECUTORS, here).choose();
    LOG.info("auto is '{}': {}", choice.getName(), choice.getReason());
    return choice;
  }

  /**
   * Lists the executors that there are, those that cannot be loaded included.
   *
   * @return their names, sorted
   */
  public static Set<String> getExecutorNames() {
    return PluginRegistry.EXECUTORS.names();
  }

  /**
   * Makes an executor known that is on no path.
   *
   * @param descriptor what to know about it
   * @param root the folder or jar that its class is loaded from
   * @throws IllegalArgumentException if the class is not there
   */
  public static void registerExecutor(ExecutorDescriptor descriptor, Path root) {
    PluginRegistry.EXECUTORS.register(descriptor, root);
  }

  /**
   * Describes every executor that there is, in every version, the broken ones with what is wrong.
   *
   * @return one description for each, sorted by name and version
   */
  public static List<PluginInfo> getExecutorInfos() {
    return PluginRegistry.EXECUTORS.infos();
  }

  /**
   * Tells the name of the executor.
   *
   * @return the name, not an alias
   */
  public final String getName() {
    return context.getDescriptor().getName();
  }

  /**
   * Tells the version of the executor.
   *
   * @return the version
   */
  public final String getVersion() {
    return context.getDescriptor().getVersion();
  }

  /**
   * Tells the settings in force.
   *
   * @return the settings that were given, or the default ones
   */
  public JobExecutorConfig getConfig() {
    return context.getConfig();
  }

  /**
   * Tells what the executor can do beyond running single processes.
   *
   * @return its features, none unless overridden
   */
  public Set<Feature> getFeatures() {
    return Set.of();
  }

  /**
   * Looks for an ability that not every executor has.
   *
   * @param type the interface of the ability
   * @param <C> the type of the ability
   * @return the ability, or empty, which it is unless overridden
   */
  public <C> Optional<C> capability(Class<C> type) {
    return Optional.empty();
  }

  /**
   * Listens to all jobs of this executor. Called after the callback of the job itself.
   *
   * @param listener the callback that replaces the present one, or null for none
   */
  public void setJobStatusCallback(@Nullable JobStatusCallback listener) {
    callback = listener;
  }

  /**
   * Submits a job. When this returns, the native id is set and the job will be reported; when it
   * throws, the job is still {@link JobState#NEW}, and nothing runs, unless {@link
   * SubmitException#isOutcomeUnknown()}.
   *
   * @param job a job that was never submitted
   * @throws InvalidJobException if the job cannot be run as described
   * @throws SubmitException if the job could not be handed to the system below
   * @throws InvalidStateException if the job was submitted before, or this executor is closed
   * @throws PsijException if the launcher is known and cannot be loaded
   */
  public final void submit(Job job) {
    handOver(job, () -> doSubmit(job, requireRunnable(job)));
  }

  /**
   * Submits many jobs, with less work for the scheduler where it can take them together.
   *
   * @param jobs jobs that were never submitted, each once
   * @return the jobs that were refused, each with what {@link #submit} would have thrown, in the
   *     order given; they are still {@link JobState#NEW}. All others are submitted.
   * @throws IllegalArgumentException if a job is null or there twice; then nothing was submitted
   * @throws InvalidStateException if this executor is closed
   */
  public final Map<Job, PsijException> submitAll(Collection<Job> jobs) {
    requireOpen();
    List<Job> given = requireDistinct(jobs);
    Outcome outcome = new Outcome();
    List<Job> sound = new ArrayList<>(given.size());
    for (Job job : given) {
      if (outcome.claimed(job)) {
        sound.add(job);
      }
    }
    try {
      doSubmitAll(sound, outcome);
    } catch (RuntimeException e) {
      sound.forEach(job -> outcome.refusedUnlessTold(job, asPsij(job, e)));
    } finally {
      sound.forEach(
          job ->
              outcome.refusedUnlessTold(
                  job, new SubmitException(what(job) + ": the executor did not take the job")));
    }
    return outcome.refusedInOrderOf(given);
  }

  /**
   * Asks for a job to be ended. The end is reported when it has come; the job may still end by
   * itself before. Has no effect on a job that has ended.
   *
   * @param job a job of this executor
   * @throws InvalidStateException if the job is {@link JobState#NEW} or of another executor, or
   *     this executor is closed
   * @throws SubmitException if the request could not be handed on
   */
  public final void cancel(Job job) {
    requireOpen();
    String nativeId = job.getNativeId();
    if (nativeId == null || job.getExecutor() == null) {
      throw new InvalidStateException(what(job) + " is NEW and cannot be cancelled");
    }
    if (job.getExecutor() != this) {
      throw new InvalidStateException(what(job) + " belongs to another executor");
    }
    if (!job.hasEnded()) {
      doCancel(job, nativeId);
    }
  }

  /**
   * Follows a job that runs already, whoever submitted it.
   *
   * @param job a job that was never submitted; it needs no specification
   * @param nativeId the id that the system below gave the job
   * @throws InvalidJobException if this executor cannot attach, or the id is none
   * @throws SubmitException if the system below could not be asked
   * @throws InvalidStateException if the job was submitted before, or this executor is closed
   */
  public final void attach(Job job, String nativeId) {
    requireOpen();
    if (!getFeatures().contains(Feature.ATTACH)) {
      throw new InvalidJobException(null, "The executor '" + getName() + "' cannot attach jobs");
    }
    if (nativeId.isBlank()) {
      throw new InvalidJobException("native_id", "must not be blank, was '" + nativeId + "'");
    }
    handOver(
        job,
        () -> {
          doAttach(job, nativeId);
          return nativeId;
        });
  }

  /**
   * Lists the jobs that the system below knows, submitted by whatever means.
   *
   * @return their native ids
   * @throws SubmitException if the system below could not be asked
   * @throws InvalidStateException if this executor is closed
   */
  public final List<String> list() {
    requireOpen();
    return doList();
  }

  /**
   * Looks at the state of all jobs now, instead of at the next poll.
   *
   * @throws InvalidStateException if this executor is closed
   */
  public final void refresh() {
    requireOpen();
    doRefresh();
  }

  /**
   * Finds the jobs of earlier processes in the work directory whose end nobody was told.
   *
   * @return the jobs: attached if they still run, with their end if they have one, {@link
   *     JobState#NEW} if the system below does not know them; empty if this executor keeps no
   *     record
   * @throws InvalidStateException if this executor is closed
   */
  public final List<Job> recover() {
    requireOpen();
    return doRecover();
  }

  /**
   * Lets go of everything that this executor holds, and of no job. Statuses stay as they are;
   * waiting threads and futures get an {@link InvalidStateException}. May be called from a
   * callback, and more than once.
   */
  @Override
  public final void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    liveJobs.forEach(job -> job.freeze(this));
    liveJobs.clear();
    try {
      doClose();
    } finally {
      pool.close();
    }
  }

  /**
   * Hands a job to the system below. Statuses reported meanwhile are held back until this returns.
   *
   * @param job the job
   * @param spec its specification, with an executable, a known launcher, and only features that
   *     this executor has
   * @return the native id
   * @throws InvalidJobException if the job cannot be run as described; nothing was done
   * @throws SubmitException if the job could not be handed over; nothing was done
   */
  protected abstract String doSubmit(Job job, JobSpec spec);

  /**
   * Hands many jobs to the system below; one after the other unless overridden.
   *
   * @param jobs jobs that each would do for {@link #doSubmit}
   * @param out takes the outcome for each
   */
  protected void doSubmitAll(List<Job> jobs, Submission out) {
    for (Job job : jobs) {
      try {
        out.accepted(job, doSubmit(job, Objects.requireNonNull(job.getSpec())));
      } catch (RuntimeException e) {
        out.refused(job, asPsij(job, e));
      }
    }
  }

  /**
   * Starts to follow a job. Statuses reported meanwhile are held back until this returns.
   *
   * @param job the job
   * @param nativeId the id of the job in the system below
   * @throws InvalidJobException if the id cannot be one
   * @throws SubmitException if the system below could not be asked
   */
  protected abstract void doAttach(Job job, String nativeId);

  /**
   * Asks the system below to end a job; returns before it has ended.
   *
   * @param job a job that had not ended a moment ago
   * @param nativeId its id in the system below
   * @throws SubmitException if the request could not be handed on
   */
  protected abstract void doCancel(Job job, String nativeId);

  /**
   * Lists the jobs that the system below knows.
   *
   * @return their native ids
   * @throws SubmitException if the system below could not be asked
   */
  protected abstract List<String> doList();

  /** Looks at the state of all jobs now; does nothing unless overridden. */
  protected void doRefresh() {}

  /**
   * Finds the jobs of earlier processes; none unless overridden.
   *
   * @return jobs made with {@link #restore}
   */
  protected List<Job> doRecover() {
    return List.of();
  }

  /**
   * Takes note that the final status of a job has been handed to a caller: all callbacks that had
   * to hear of it have returned, or, where nobody listened, somebody has asked for it. Nothing
   * needs to be kept for telling it again. May be called by any thread, and after {@link #doClose}.
   * Does nothing unless overridden.
   *
   * @param job the job
   */
  protected void endWasTold(Job job) {}

  /** Ends every thread and closes every descriptor of the executor. Called once. */
  protected abstract void doClose();

  /**
   * Tells what happened to a job. The only place where a job changes; may be called from any thread
   * and in any order. What is known already or comes too late is dropped, and states that were
   * passed unseen are filled in.
   *
   * @param job the job, of this executor
   * @param status its status, not {@link JobState#NEW}
   */
  protected final void report(Job job, JobStatus status) {
    if (status.getState() == JobState.NEW) {
      throw new IllegalArgumentException(what(job) + ": NEW cannot be reported");
    }
    job.apply(this, status);
  }

  /**
   * Makes a job of an earlier process again.
   *
   * @param id its id then
   * @param spec its specification, or null if it has none
   * @param nativeId its id in the system below, or null to leave it {@link JobState#NEW}
   * @return the job
   */
  protected final Job restore(String id, @Nullable JobSpec spec, @Nullable String nativeId) {
    Job job = new Job(id, spec);
    if (nativeId != null) {
      job.claim(this);
      accept(job, nativeId);
    }
    return job;
  }

  // --- between the executor and its jobs ---

  boolean isClosed() {
    return closed.get();
  }

  boolean hasCallback() {
    return callback != null;
  }

  @Nullable JobStatusCallback callback() {
    return callback;
  }

  Executor callbackExecutor() {
    return callbackExecutor;
  }

  /** Runs what depends on a future where it can hold up neither callbacks nor reports. */
  void runAside(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      task.run(); // the executor was closed while this status came in, or there is no thread
    }
  }

  void forget(Job job) {
    liveJobs.remove(job);
  }

  /**
   * Hands a job to the system below in another way than {@link #submit}, for a capability. One
   * thread wins the job; statuses reported meanwhile are held back until this returns, and whatever
   * fails leaves the job {@link JobState#NEW}.
   *
   * @param job a job that was never submitted
   * @param action hands it over, and returns its native id
   * @throws InvalidStateException if the job was submitted before, or this executor is closed
   * @throws PsijException what the action throws
   */
  protected final void handOver(Job job, Supplier<String> action) {
    requireOpen();
    job.claim(this);
    String nativeId;
    try {
      nativeId = action.get();
    } catch (RuntimeException e) {
      job.release();
      throw asPsij(job, e);
    } catch (Error e) {
      job.release();
      throw e;
    }
    accept(job, nativeId);
  }

  private void accept(Job job, String nativeId) {
    liveJobs.add(job);
    job.accept(this, nativeId);
    if (closed.get()) {
      job.freeze(this);
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new InvalidStateException("The executor '" + getName() + "' is closed");
    }
  }

  private static List<Job> requireDistinct(Collection<Job> jobs) {
    Set<Job> seen = new HashSet<>();
    for (Job job : jobs) {
      if (job == null) {
        throw new IllegalArgumentException("A job is null");
      }
      if (!seen.add(job)) {
        throw new IllegalArgumentException(what(job) + " is there twice");
      }
    }
    return List.copyOf(jobs);
  }

  private JobSpec requireRunnable(Job job) {
    return SubmissionCheck.require(job, getName(), getFeatures());
  }

  private static PsijException asPsij(Job job, RuntimeException e) {
    return e instanceof PsijException known
        ? known
        : new SubmitException(what(job) + ": the executor failed: " + e, e);
  }

  private static String what(Job job) {
    return "Job " + job.getId() + " (native id " + job.getNativeId() + ")";
  }

  /** The outcome of one {@link #submitAll}. */
  private final class Outcome implements Submission {
    private final Map<Job, PsijException> refused = new ConcurrentHashMap<>();
    private final Set<Job> sound = ConcurrentHashMap.newKeySet();
    private final Set<Job> told = ConcurrentHashMap.newKeySet();

    boolean claimed(Job job) {
      try {
        job.claim(JobExecutor.this);
      } catch (InvalidStateException e) {
        refused.put(job, e);
        return false;
      }
      try {
        requireRunnable(job);
        return sound.add(job);
      } catch (RuntimeException e) {
        release(job, asPsij(job, e));
        return false;
      }
    }

    private boolean isFirstWordOn(Job job) {
      if (!sound.contains(job)) {
        throw new IllegalArgumentException(what(job) + " is not part of this submission");
      }
      return told.add(job);
    }

    private void release(Job job, PsijException reason) {
      refused.put(job, reason);
      job.release();
    }

    @Override
    public void accepted(Job job, String nativeId) {
      if (isFirstWordOn(job)) {
        accept(job, nativeId);
      }
    }

    @Override
    public void refused(Job job, PsijException reason) {
      if (isFirstWordOn(job)) {
        release(job, reason);
      }
    }

    void refusedUnlessTold(Job job, PsijException reason) {
      if (!told.contains(job)) {
        LOG.warn("{} was neither taken nor refused by '{}'", what(job), getName(), reason);
        refused(job, reason);
      }
    }

    Map<Job, PsijException> refusedInOrderOf(List<Job> jobs) {
      Map<Job, PsijException> ordered = new LinkedHashMap<>();
      for (Job job : jobs) {
        PsijException reason = refused.get(job);
        if (reason != null) {
          ordered.put(job, reason);
        }
      }
      return ordered;
    }
  }
}
