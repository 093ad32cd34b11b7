package org.psij.executors;

import org.psij.JobState;

/** What a job of a crowd does, and what the callback that listens to it does. */
enum Manner {
  ENDS(JobState.COMPLETED),
  FAILS(JobState.FAILED),
  CALLBACK_CANCELS(JobState.CANCELED),
  CALLBACK_THROWS(JobState.COMPLETED),
  CALLBACK_BLOCKS(JobState.COMPLETED),
  CALLBACK_SUBMITS(JobState.COMPLETED);

  private final JobState end;

  Manner(JobState end) {
    this.end = end;
  }

  /** The state in which such a job ends. */
  JobState end() {
    return end;
  }

  /** Gives every fifty jobs the same mixture. */
  static Manner of(int index) {
    return switch (index % 50) {
      case 0 -> CALLBACK_BLOCKS;
      case 1 -> CALLBACK_THROWS;
      case 2, 3, 4 -> CALLBACK_SUBMITS;
      case 5, 6, 7, 8, 9 -> CALLBACK_CANCELS;
      case 10, 11, 12, 13, 14 -> FAILS;
      default -> ENDS;
    };
  }
}
