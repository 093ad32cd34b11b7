package org.psij.launchers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts by which a launcher's own error messages are told from those of the job. */
final class FailureMessages {
  private final List<String> texts;

  private FailureMessages(List<String> texts) {
    this.texts = texts;
  }

  static FailureMessages containing(String... texts) {
    return new FailureMessages(List.of(texts));
  }

  /** Returns the first line with one of the texts, or null. */
  @Nullable String find(String stderr) {
    return stderr
        .lines()
        .filter(line -> texts.stream().anyMatch(line::contains))
        .findFirst()
        .map(String::strip)
        .orElse(null);
  }
}
