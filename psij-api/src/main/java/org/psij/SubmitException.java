package org.psij;

import org.jspecify.annotations.Nullable;

/**
 * A request that could not be handed to the system below: a file that is missing, a scheduler that
 * refuses or does not answer. After a failed submission the job is still {@link JobState#NEW}.
 */
public class SubmitException extends PsijException {
  private static final long serialVersionUID = 1L;

  /** What may be done about a failed request. */
  private enum Outlook {
    PERMANENT,
    TRANSIENT,
    OUTCOME_UNKNOWN
  }

  /** What may be done about the failure. */
  private final Outlook outlook;

  private SubmitException(String message, @Nullable Throwable cause, Outlook outlook) {
    super(message, cause);
    this.outlook = outlook;
  }

  /**
   * Creates an exception for a failure that will happen again unless something is changed.
   *
   * @param message what happened and what to do
   */
  public SubmitException(String message) {
    this(message, null, Outlook.PERMANENT);
  }

  /**
   * Creates an exception for a failure that will happen again unless something is changed.
   *
   * @param message what happened and what to do
   * @param cause what led to it, or null
   */
  public SubmitException(String message, @Nullable Throwable cause) {
    this(message, cause, Outlook.PERMANENT);
  }

  /**
   * Creates an exception for a failure that may pass by itself.
   *
   * @param message what happened and what to do
   * @param cause what led to it, or null
   * @return the exception, with {@link #isTransient()} true
   */
  public static SubmitException ofTransient(String message, @Nullable Throwable cause) {
    return new SubmitException(message, cause, Outlook.TRANSIENT);
  }

  /**
   * Creates an exception for a submission that the scheduler may have taken although it did not say
   * so.
   *
   * @param message what happened and what to do
   * @param cause what led to it, or null
   * @return the exception, with {@link #isTransient()} and {@link #isOutcomeUnknown()} true
   */
  public static SubmitException ofUnknownOutcome(String message, @Nullable Throwable cause) {
    return new SubmitException(message, cause, Outlook.OUTCOME_UNKNOWN);
  }

  /**
   * Tells whether the same request has a chance to succeed later, with nothing changed (PSI/J:
   * {@code SubmitException.transient}).
   *
   * @return true if trying again makes sense
   */
  public boolean isTransient() {
    return outlook != Outlook.PERMANENT;
  }

  /**
   * Tells whether the job may run all the same. Submitting the same {@link Job} again is safe: it
   * runs once, or is refused again; a copy of it, or a ready script, might run a second time.
   *
   * @return true if it is not known whether the job was taken
   */
  public boolean isOutcomeUnknown() {
    return outlook == Outlook.OUTCOME_UNKNOWN;
  }
}
