package org.psij.executors.batch;

import org.psij.SubmitException;

/** What a scheduler is asked for, how its answer is read, and what may be thrown then. */
public enum Question {
  SUBMISSION,
  STATUS,
  MARKS,
  ACCOUNTING,
  LIST,
  CANCELLATION;

  Object read(BatchScheduler scheduler, CommandResult answer) {
    return switch (this) {
      case SUBMISSION -> scheduler.parseSubmission(answer);
      case STATUS -> scheduler.parseStatus(answer);
      case MARKS -> scheduler.parseMarks(answer);
      case ACCOUNTING -> scheduler.parseAccounting(answer);
      case LIST -> scheduler.parseList(answer);
      case CANCELLATION -> {
        scheduler.checkCancellation(answer);
        yield "no complaint";
      }
    };
  }

  boolean allows(Throwable problem) {
    boolean request = this == SUBMISSION || this == CANCELLATION;
    return problem.getClass() == (request ? SubmitException.class : CommandException.class);
  }
}
