package org.psij.executors.batch.pbs;

import java.util.regex.Pattern;
import org.psij.InvalidJobException;

/**
 * How a value is written in a {@code #PBS} line, which {@code qsub} splits into words: blanks
 * separate, quotes of both kinds group, and a quoted part may follow another without a blank.
 */
final class DirectiveText {
  private static final int LONGEST = 1000;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+@%^-]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private DirectiveText() {}

  /**
   * Refuses a value that no directive can carry.
   *
   * @param field the path of the field in the JSON form
   * @param value the value
   * @throws InvalidJobException if it is empty or very long, or has a control character or a
   *     backslash, which means one thing to one qsub and another to the next
   */
  static void requireCarriable(String field, String value) {
    if (value.isEmpty()) {
      throw new InvalidJobException(field, "must not be empty");
    }
    if (value.length() > LONGEST) {
      throw new InvalidJobException(
          field,
          "a directive holds at most " + LONGEST + " characters, these are " + value.length());
    }
    if (CONTROL.matcher(value).find() || value.indexOf('\\') >= 0) {
      throw new InvalidJobException(
          field,
          "a directive of PBS cannot hold control characters or backslashes, was '" + value + "'");
    }
  }

  /**
   * Quotes a value.
   *
   * @param value a value that {@link #requireCarriable} lets pass
   * @return one word
   */
  static String quote(String value) {
    return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\"'\"'") + "'";
  }
}
