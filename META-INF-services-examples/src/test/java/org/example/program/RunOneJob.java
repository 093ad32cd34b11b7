package org.example.program;

import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** A user's program: runs a job, and tells how it ended and which module ran it. */
public final class RunOneJob {
  private RunOneJob() {}

  public static void main(String[] args) throws InterruptedException {
    try (JobExecutor executor = JobExecutor.getInstance(args[0])) {
      Job job = new Job(JobSpec.builder("/bin/true").launcher(args[1]).build());
      executor.submit(job);
      System.out.println(job.waitFor().getState() + " by " + moduleOf(executor));
    }
  }

  private static String moduleOf(JobExecutor executor) {
    Module module = executor.getClass().getModule();
    return module.isNamed() ? module.getName() : "no module";
  }
}
