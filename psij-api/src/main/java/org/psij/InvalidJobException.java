package org.psij;

import org.jspecify.annotations.Nullable;

/**
 * A job description that cannot be carried out as it stands; submitting the same description again
 * fails again. The message names the field and, unless it may be a secret, the value, both
 * shortened where they are very long.
 */
public class InvalidJobException extends PsijException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_FIELD = 200;
  private static final int LONGEST_PROBLEM = 2000;

  /** The path of the field in the JSON form. */
  private final @Nullable String field;

  /**
   * Creates an exception about one field.
   *
   * @param field the path of the field in the JSON form, such as {@code attributes.duration}, or
   *     null if the description as a whole is meant
   * @param problem what is wrong with it, with the value
   */
  public InvalidJobException(@Nullable String field, String problem) {
    this(field, problem, null);
  }

  /**
   * Creates an exception about one field, with the error that led to it.
   *
   * @param field the path of the field in the JSON form, such as {@code attributes.duration}, or
   *     null if the description as a whole is meant
   * @param problem what is wrong with it, with the value
   * @param cause what led to it, or null
   */
  public InvalidJobException(@Nullable String field, String problem, @Nullable Throwable cause) {
    super(
        field == null
            ? shortened(problem, LONGEST_PROBLEM)
            : shortened(field, LONGEST_FIELD) + ": " + shortened(problem, LONGEST_PROBLEM),
        cause);
    this.field = field == null ? null : shortened(field, LONGEST_FIELD);
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }

  /**
   * Tells which field is wrong.
   *
   * @return its path in the JSON form, such as {@code resources.node_count} or {@code
   *     arguments[3]}, or null if the description as a whole is meant
   */
  public @Nullable String getField() {
    return field;
  }
}
