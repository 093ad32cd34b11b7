package org.psij.executors.batch;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.PsijException;

/**
 * One setting that an environment variable can give.
 *
 * @param name its name in capitals, behind the prefix of the variable
 * @param defaultValue its value if nothing is given, or null for none
 * @param parser reads the variable; what it throws is a value that cannot be read
 */
record Setting<T>(String name, @Nullable T defaultValue, Function<String, T> parser) {
  static final String COMMON_PREFIX = "PSIJ_BATCH_";

  /** The value of the first variable that is set and not blank, or else the default. */
  @Nullable T fromEnvironment(
      List<String> prefixes, Function<String, @Nullable String> environment) {
    for (String prefix : prefixes) {
      String text = environment.apply(prefix + name);
      if (text != null && !text.isBlank()) {
        return parsed(prefix + name, text.strip());
      }
    }
    return defaultValue;
  }

  private T parsed(String variable, String text) {
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      throw new PsijException(variable + " cannot be '" + text + "': " + e.getMessage(), e);
    }
  }
}
