package org.psij.executors.batch.pbs;

/** Reads what {@code qstat -f} prints, line by line. Not safe for use by several threads. */
interface QstatReader {
  /**
   * Reads a line.
   *
   * @param text what it is a part of
   * @param start where it begins
   * @param end where it ends, without its newline
   */
  void line(String text, int start, int end);

  /**
   * Gives what has been found so far.
   *
   * @return the jobs, each from its last line on
   */
  Qstat found();
}
