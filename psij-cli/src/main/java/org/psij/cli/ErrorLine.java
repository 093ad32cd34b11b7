package org.psij.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What went wrong, on one line for people. */
final class ErrorLine {
  private ErrorLine() {}

  static void print(PrintWriter err, @Nullable String message) {
    err.println("psij: " + joined(String.valueOf(message)));
    err.flush();
  }

  /** Schedulers complain in several lines. */
  static String joined(String text) {
    return text.strip().replaceAll(":\\s*\\R\\s*", ": ").replaceAll("\\s*\\R\\s*", "; ");
  }
}
