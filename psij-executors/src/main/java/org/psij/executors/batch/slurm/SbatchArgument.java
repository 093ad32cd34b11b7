package org.psij.executors.batch.slurm;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;

/**
 * The grammar of {@code #SBATCH} lines. They are not read by a shell: sbatch splits them itself,
 * with quotes that group, a backslash that takes the next character literally (within both kinds of
 * quotes, too), and a {@code #} that begins a comment.
 */
final class SbatchArgument {
  /** sbatch has room for 8191 bytes. */
  private static final int MOST_BYTES = 8000;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,=@%+*\\[\\]&|-]*");

  private SbatchArgument() {}

  /**
   * Writes one option.
   *
   * @param key its long name
   * @param value its value, or null if it has none
   * @param field the field that it comes from
   * @return the text of a directive
   * @throws InvalidJobException if sbatch could not read it
   */
  static String option(String key, @Nullable String value, String field) {
    if (value == null) {
      return "--" + key;
    }
    requireOneLine(value, field);
    String text = "--" + key + "=" + quoted(value);
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new InvalidJobException(
          field, "is too long for sbatch, begins with '" + value.substring(0, 100) + "'");
    }
    return text;
  }

  private static void requireOneLine(String value, String field) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidJobException(
          field,
          "must not hold line ends or other control characters, was '"
              + value.replaceAll("\\p{Cc}", "?")
              + "'");
    }
  }

  private static String quoted(String value) {
    if (PLAIN.matcher(value).matches()) {
      return value;
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
