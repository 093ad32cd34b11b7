package org.psij.executors.local;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** Submits jobs, and is killed without having heard of their ends. */
final class SubmitAndDie {
  private static final String SCRIPTED = "script: ";

  private SubmitAndDie() {}

  public static void main(String[] arguments) throws Exception {
    LocalExecutorConfig config =
        LocalExecutorConfig.builder()
            .workDirectory(Path.of(arguments[0]))
            .spawnHelper(Boolean.parseBoolean(arguments[1]))
            .build();
    JobExecutor executor = JobExecutor.getInstance("local", null, null, config);
    executor.setJobStatusCallback((job, status) -> awaitDeath(status.isFinal()));
    for (int i = 2; i < arguments.length; i++) {
      String script = arguments[i];
      executor.submit(
          new Job(
              JobSpec.builder("/bin/sh")
                  .name("job " + (i - 2))
                  .arguments("-c", script.replace(SCRIPTED, ""))
                  .launcher(script.startsWith(SCRIPTED) ? "multiple" : "single")
                  .build()));
    }
    Runtime.getRuntime()
        .exec(new String[] {"/bin/kill", "-KILL", "" + ProcessHandle.current().pid()})
        .waitFor();
  }

  /** An end whose callback has not returned is not told. */
  private static void awaitDeath(boolean isEnd) {
    while (isEnd) {
      LockSupport.park();
    }
  }
}
