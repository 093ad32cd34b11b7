package org.psij.docs;

import java.nio.file.Path;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** The first example of the README. */
final class Greeting {
  private Greeting() {}

  public static void main(String[] arguments) throws InterruptedException {
    JobSpec spec =
        JobSpec.builder("/bin/echo")
            .arguments("hello")
            .stdoutPath(Path.of("/tmp/hello.txt"))
            .build();
    try (JobExecutor executor = JobExecutor.getInstance("local")) {
      Job job = new Job(spec);
      job.setJobStatusCallback((changed, status) -> System.out.println(status.getState()));
      executor.submit(job);
      System.out.println(job.waitFor());
    }
  }
}
