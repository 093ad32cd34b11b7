package org.psij.executors.batch.gridengine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.NativeStatus.Condition;

/**
 * The state column of qstat(1): several letters together, such as {@code hqw} or {@code dRs}.
 * Whether a job is held by its owner, an operator, the system or a dependency, and what an error
 * was, only {@code qstat -j} tells.
 */
final class StateLetters {
  private static final String ALL = "dErtRsSThqw";

  private final String letters;

  private StateLetters(String letters) {
    this.letters = letters;
  }

  /** Says what a job's letters mean. */
  static NativeStatus interpret(String job, String letters) {
    StateLetters state = new StateLetters(letters);
    JobState meaning = state.meaning();
    NativeStatus.Builder status = NativeStatus.builder(letters, meaning);
    if (meaning != null) {
      status
          .condition(state.condition(meaning))
          .reason(state.reason(job, meaning))
          // at least once: how often is not told
          .restarts(state.has('R') ? 1 : null);
    }
    return status.build();
  }

  private boolean has(char letter) {
    return letters.indexOf(letter) >= 0;
  }

  private @Nullable JobState meaning() {
    for (int i = 0; i < letters.length(); i++) {
      if (ALL.indexOf(letters.charAt(i)) < 0) {
        return null;
      }
    }
    if (has('q') || has('w')) {
      return JobState.QUEUED;
    }
    return has('r') || has('t') || has('R') || isSuspended() ? JobState.ACTIVE : null;
  }

  private boolean isSuspended() {
    return has('s') || has('S') || has('T');
  }

  private Condition condition(JobState meaning) {
    if (has('d')) {
      return Condition.ENDING;
    }
    if (meaning == JobState.ACTIVE) {
      return isSuspended() ? Condition.SUSPENDED : Condition.NORMAL;
    }
    return has('E') || has('h') ? Condition.HELD : Condition.NORMAL;
  }

  private @Nullable String reason(String job, JobState meaning) {
    List<String> reasons = new ArrayList<>();
    if (has('d')) {
      reasons.add("being deleted");
    }
    if (has('E')) {
      reasons.add(
          "in error state: it could not be started and stays in the queue; 'qstat -j "
              + job
              + "' tells why, 'qmod -cj "
              + job
              + "' lets it be tried again");
    }
    if (has('h') && meaning == JobState.QUEUED) {
      reasons.add(
          "held by its owner, an operator, the system or a dependency; 'qstat -j "
              + job
              + "' tells more");
    }
    addSuspensions(reasons);
    if (has('R')) {
      reasons.add("restarted");
    }
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  private void addSuspensions(List<String> reasons) {
    if (has('s')) {
      reasons.add("suspended by a request");
    }
    if (has('S')) {
      reasons.add("suspended with its queue");
    }
    if (has('T')) {
      reasons.add("suspended by a load threshold");
    }
  }
}
