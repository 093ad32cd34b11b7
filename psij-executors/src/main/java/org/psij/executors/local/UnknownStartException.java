package org.psij.executors.local;

import java.io.IOException;

/** Whoever was to start a process has ended, and left no sign of having done so or not. */
final class UnknownStartException extends IOException {
  private static final long serialVersionUID = 1L;

  UnknownStartException(String message) {
    super(message);
  }
}
