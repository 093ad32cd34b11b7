package org.psij.serialize;

import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;

/** Something wrong in a file of profiles: the message begins with its place in the file. */
final class ProfileException extends InvalidJobException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String field;
  private final String problem;

  ProfileException(
      String place, @Nullable String field, String problem, @Nullable Throwable cause) {
    super(null, place + ": " + problem, cause);
    this.field = field;
    this.problem = problem;
  }

  /** What is wrong, without the place. */
  String problem() {
    return problem;
  }

  @Override
  public @Nullable String getField() {
    return field;
  }
}
