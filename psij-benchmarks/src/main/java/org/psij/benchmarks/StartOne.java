package org.psij.benchmarks;

import java.io.IOException;

/** The least that a JVM can do to run a process. */
final class StartOne {
  private StartOne() {}

  public static void main(String... command) throws IOException, InterruptedException {
    System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
