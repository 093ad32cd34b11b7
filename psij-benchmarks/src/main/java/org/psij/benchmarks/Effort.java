package org.psij.benchmarks;

/**
 * How long a command may take.
 *
 * @param rounds how often each measurement is taken
 * @param size which part of the jobs is run, 1 for all
 */
record Effort(int rounds, double size) {
  private static final int FEWEST = 20;

  /** For measurements that take long. */
  int fewRounds() {
    return Math.min(rounds, 3);
  }

  int jobs(int all) {
    return (int) Math.max(Math.min(all, FEWEST), Math.round(all * size));
  }

  /** Whether the figures may be told to others. */
  boolean isFull() {
    return size >= 1;
  }
}
