package org.psij.executors.work;

import java.util.Objects;

/** Lines as scripts write them, for tests of other packages. */
public final class StatusLineSample {
  private StatusLineSample() {}

  public static StatusLine of(String line) {
    return Objects.requireNonNull(StatusLine.parse(line), line);
  }
}
