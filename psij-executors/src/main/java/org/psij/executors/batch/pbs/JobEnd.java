package org.psij.executors.batch.pbs;

import static java.util.Locale.ROOT;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;

/**
 * How a job ended: its {@code Exit_status} and its comment, as in the section "Job Exit Status" of
 * the PBS administrator's guide and in the section "Job Exit Status" of Torque's.
 */
final class JobEnd {
  /** What the exit status grows by if the job's shell was ended by a signal. */
  private static final int SIGNALED = 256;

  private static final int SHELL_SIGNALED = 128;
  private static final int HIGHEST_SIGNAL = 64;
  private static final int SUBSTATE_TERMINATED = 91;
  private static final int SIGTERM = 15;

  private static final Pattern TIME =
      Pattern.compile("exceeded (resource |limit )?(walltime|p?cput)|(walltime|cput) .*exceed");
  private static final Pattern MEMORY =
      Pattern.compile("exceeded (resource |limit )?p?v?mem|v?mem .*exceed|out of memory|\\boom\\b");
  private static final Pattern NODE =
      Pattern.compile("node\\S* .{0,40}(fail|down|lost|went away)|failed node|node failure");
  private static final Pattern PREEMPTED = Pattern.compile("preempt");
  private static final Pattern TERMINATED = Pattern.compile("terminated( by (?<who>\\S+))?");

  /** Hosts and users may have any name, also one that sounds like a reason. */
  private static final Pattern NAMES = Pattern.compile("\\([^)]*\\)|(?<=terminated by )\\S+");

  /** {@code -28}, {@code -29}: OpenPBS; {@code -11}, {@code -12}: Torque, on the execution host. */
  private static final Set<Integer> TIME_CODES = Set.of(-28, -29);

  private static final Set<Integer> TORQUE_TIME_CODES = Set.of(-11, -12);
  private static final Set<Integer> MEMORY_CODES = Set.of(-26, -27);

  /** {@code JOB_EXEC_KILL_HPMEM} of OpenPBS; another thing in Torque. */
  private static final int HUGE_PAGES = -31;

  private static final Set<Integer> TORQUE_MEMORY_CODES = Set.of(-10);

  /** The execution host was started anew while the job ran. */
  private static final Set<Integer> NODE_CODES = Set.of(-4, -5, -6);

  /** {@code JOB_EXEC_RERUN_SIS_FAIL} of OpenPBS: another host of the job was lost. */
  private static final int SISTER = -14;

  /** More processors than it asked for: {@code JOB_EXEC_KILL_NCPUS_BURST} and {@code _SUM}. */
  private static final Set<Integer> PROCESSOR_CODES = Set.of(-24, -25);

  private final QstatJob job;
  private final String state;
  private final String comment;
  private final String reasons;

  private JobEnd(QstatJob job, String state) {
    this.job = job;
    this.state = state;
    String text = job.get("comment");
    comment = text == null ? "" : text.toLowerCase(ROOT);
    reasons = NAMES.matcher(comment).replaceAll("");
  }

  /**
   * Reads how a job ended.
   *
   * @param job its attributes
   * @param state its final native state
   * @return the status
   */
  static NativeStatus.Builder read(QstatJob job, String state) {
    return new JobEnd(job, state).status().endTime(endTime(job));
  }

  private NativeStatus.Builder status() {
    String text = job.get("Exit_status");
    if (text == null) {
      return neverRan();
    }
    Integer status = job.number("Exit_status");
    if (status == null) {
      return ended(JobState.FAILED, null, null, "unreadable Exit_status " + text);
    }
    FailureCause limit = limit(status);
    if (limit != null) {
      return ended(JobState.FAILED, limit, null, "Exit_status " + status);
    }
    return isDeleted(status) ? deleted(status) : byCode(status);
  }

  /** A job without an exit status was deleted in the queue, or what it depended on had failed. */
  private NativeStatus.Builder neverRan() {
    boolean byHand = isTerminated() || state.equals("C");
    return ended(
        JobState.CANCELED,
        byHand ? canceler() : FailureCause.CANCELED_BY_SCHEDULER,
        null,
        byHand ? "deleted before it ran" : "removed before it ran");
  }

  private @Nullable FailureCause limit(int status) {
    boolean torque = state.equals("C");
    if (TIME_CODES.contains(status) || (torque && TORQUE_TIME_CODES.contains(status))) {
      return FailureCause.TIME_LIMIT;
    }
    if (MEMORY_CODES.contains(status)
        || (torque ? TORQUE_MEMORY_CODES.contains(status) : status == HUGE_PAGES)) {
      return FailureCause.OUT_OF_MEMORY;
    }
    if (TIME.matcher(reasons).find()) {
      return FailureCause.TIME_LIMIT;
    }
    if (MEMORY.matcher(reasons).find()) {
      return FailureCause.OUT_OF_MEMORY;
    }
    if (status != 0 && PREEMPTED.matcher(reasons).find()) {
      return FailureCause.PREEMPTED;
    }
    return NODE_CODES.contains(status)
            || (!torque && status == SISTER)
            || (status != 0 && NODE.matcher(reasons).find())
        ? FailureCause.NODE_FAILURE
        : null;
  }

  /** Torque, and an older PBS, tell nothing but the signal of qdel, whoever sent it. */
  private boolean isDeleted(int status) {
    return isTerminated() || status == SIGNALED + SIGTERM;
  }

  private boolean isTerminated() {
    Integer substate = job.number("substate");
    return (substate != null && substate == SUBSTATE_TERMINATED)
        || TERMINATED.matcher(comment).find();
  }

  private NativeStatus.Builder deleted(int status) {
    return ended(JobState.CANCELED, canceler(), code(status), "deleted");
  }

  private FailureCause canceler() {
    var terminated = TERMINATED.matcher(comment);
    String who = terminated.find() ? terminated.group("who") : null;
    String owner = job.get("Job_Owner");
    boolean byOther = who != null && owner != null && !user(who).equals(user(owner));
    return byOther ? FailureCause.CANCELED_BY_SCHEDULER : FailureCause.CANCELED_BY_USER;
  }

  private static String user(String userAtHost) {
    int at = userAtHost.indexOf('@');
    return (at < 0 ? userAtHost : userAtHost.substring(0, at)).toLowerCase(ROOT);
  }

  private NativeStatus.Builder byCode(int status) {
    if (status == 0) {
      return ended(JobState.COMPLETED, null, 0, null);
    }
    if (PROCESSOR_CODES.contains(status) && !state.equals("C")) {
      return ended(
          JobState.FAILED,
          null,
          null,
          "killed, it used more processors than it had asked for (Exit_status " + status + ")");
    }
    if (status < 0) {
      return ended(
          JobState.FAILED,
          FailureCause.REJECTED,
          null,
          "the execution host could not run it (Exit_status " + status + ")");
    }
    int code = code(status);
    boolean signal = code > SHELL_SIGNALED && code <= SHELL_SIGNALED + HIGHEST_SIGNAL;
    return ended(
        JobState.FAILED,
        signal ? FailureCause.SIGNAL : FailureCause.EXIT_CODE,
        code,
        signal ? "signal " + (code - SHELL_SIGNALED) : null);
  }

  private static int code(int status) {
    return status > SIGNALED ? SHELL_SIGNALED + (status - SIGNALED) : status;
  }

  private NativeStatus.Builder ended(
      JobState end, @Nullable FailureCause cause, @Nullable Integer code, @Nullable String reason) {
    String text = job.get("comment");
    return NativeStatus.builder(state, end)
        .cause(cause)
        .exitCode(code)
        .reason(text == null || text.isBlank() ? reason : text.strip());
  }

  private static @Nullable Instant endTime(QstatJob job) {
    String text = job.get("obittime", "comp_time");
    if (text == null) {
      Integer seconds = job.number("history_timestamp");
      return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }
    return Ctime.read(text);
  }
}
