package org.psij;

import org.psij.spi.PluginInfo;

/** Run in a JVM of its own: shows which executors it finds, and that they can be created. */
public final class PrintExecutors {
  private PrintExecutors() {}

  public static void main(String[] names) {
    for (PluginInfo info : JobExecutor.getExecutorInfos()) {
      System.out.println(info.getName() + " " + info.getVersion() + " " + info.getProblem());
    }
    for (String name : names) {
      try (JobExecutor executor = JobExecutor.getInstance(name)) {
        System.out.println("created " + executor.getName() + " " + executor.getVersion());
      }
    }
  }
}
