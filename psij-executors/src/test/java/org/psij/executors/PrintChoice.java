package org.psij.executors;

import org.psij.JobExecutor;

/** Run in a JVM of its own, for its environment: prints what {@code auto} is, and why. */
public final class PrintChoice {
  private PrintChoice() {}

  public static void main(String[] arguments) {
    System.out.println(JobExecutor.detect());
    try (JobExecutor executor = JobExecutor.getInstance("Auto")) {
      System.out.println(executor.getName());
    }
  }
}
