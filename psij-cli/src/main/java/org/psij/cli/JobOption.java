package org.psij.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One of the {@link JobOptions}, as {@code --help} shows it.
 *
 * @param option what picocli has read from the annotation
 */
record JobOption(OptionSpec option) {
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          boolean.class, "flag",
          Integer.class, "whole number",
          Long.class, "memory",
          Duration.class, "time",
          Path.class, "path",
          Map.class, "name and value");

  static List<JobOption> all() {
    return CommandSpec.forAnnotatedObject(new JobOptions()).options().stream()
        .map(JobOption::new)
        .toList();
  }

  List<String> names() {
    return List.of(option.names());
  }

  /** With or without dashes. */
  boolean isNamed(String text) {
    return names().stream().anyMatch(name -> name.equals(text) || name.equals("--" + text));
  }

  /** The name that is a word. */
  String longName() {
    return option.longestName();
  }

  /** What stands for the value, or nothing if it has none. */
  @Nullable String label() {
    return isFlag() ? null : option.paramLabel();
  }

  boolean isFlag() {
    return option.type() == boolean.class;
  }

  boolean isRepeatable() {
    return option.isMultiValue();
  }

  String type() {
    return TYPES.getOrDefault(option.type(), "text");
  }

  /** What a plain number counts. */
  @Nullable String unit() {
    if (option.type() == Integer.class) {
      return option.paramLabel().toLowerCase(Locale.ROOT);
    }
    if (option.type() == Long.class) {
      return "bytes";
    }
    return option.type() == Duration.class ? "minutes" : null;
  }

  String meaning() {
    return String.join(" ", option.description());
  }
}
