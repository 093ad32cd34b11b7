package org.psij;

import java.util.ArrayList;
import java.util.List;

/** The states that a job has been in without anybody reporting them. */
final class StatesPassed {
  private StatesPassed() {}

  /** Lists them in order. Before FAILED and CANCELED only QUEUED is certain: the job was taken. */
  static List<JobState> between(JobState from, JobState to) {
    JobState last = to.previous();
    if (last == null) {
      last = JobState.QUEUED;
    }
    List<JobState> states = new ArrayList<>();
    for (JobState state : JobState.values()) {
      if (state.isGreaterThan(from) && (state == last || last.isGreaterThan(state))) {
        states.add(state);
      }
    }
    return states;
  }
}
