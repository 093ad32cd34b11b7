package org.psij;

/** A call that the present state of the job or of its executor does not allow. */
public class InvalidStateException extends PsijException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message which job or executor, the state it is in, and why the call does not fit
   */
  public InvalidStateException(String message) {
    super(message, null);
  }
}
