package org.psij.executors.work;

import java.util.Map;

/** The signals that are sent, and the names of those that jobs end by. */
public enum Signal {
  /** Asks a process to end. */
  TERM(15),
  /** Ends a process. */
  KILL(9);

  /** The numbers on Linux, on every architecture that has OpenJDK; {@code signal(7)}. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(10, "SIGUSR1"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(12, "SIGUSR2"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"));

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /**
   * Tells the number of this signal.
   *
   * @return the number on Linux
   */
  public int number() {
    return number;
  }

  /**
   * Names a signal.
   *
   * @param number its number
   * @return its name, such as {@code SIGKILL}, or its number in words
   */
  public static String nameOf(int number) {
    return NAMES.getOrDefault(number, "signal " + number);
  }
}
