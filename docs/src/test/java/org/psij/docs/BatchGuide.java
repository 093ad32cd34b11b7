package org.psij.docs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.BatchScripts;
import org.psij.ExecutorChoice;
import org.psij.FailureCause;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.QueueSnapshot;
import org.psij.QueueView;
import org.psij.QueuedJob;
import org.psij.ResourceStatus;
import org.psij.ResourceSummary;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.ScriptPreview;

/** The code of the user guide's chapter on batch schedulers. */
final class BatchGuide {
  private BatchGuide() {}

  static JobExecutor open(Path shared) {
    JobExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(shared)
            .pollingInterval(Duration.ofMinutes(1))
            .build();
    return JobExecutor.getInstance("slurm", null, null, config);
  }

  static String preview(JobExecutor executor, JobSpec spec) {
    ScriptPreview preview = executor.capability(ScriptPreview.class).orElseThrow();
    ScriptPreview.Preview submission = preview.preview(new Job(spec));
    System.out.println(String.join(" ", submission.submitCommand()));
    System.out.println(submission.script());
    return submission.script();
  }

  static ExecutorChoice choose() {
    ExecutorChoice choice = JobExecutor.detect();
    System.out.println(choice.getName() + ": " + choice.getReason());
    return choice;
  }

  static JobStatus submitScript(JobExecutor executor) throws InterruptedException {
    BatchScripts scripts = executor.capability(BatchScripts.class).orElseThrow();
    Job job = new Job();
    scripts.submit(job, Path.of("job.sbatch"));
    JobStatus end = job.waitFor();
    return end;
  }

  static ResourceSummary requireRunnable(JobExecutor executor, JobSpec spec) {
    ResourceSummary resources = executor.capability(ResourceStatus.class).orElseThrow().look();
    System.out.println(resources.getFreeCores() + " cores of " + resources.getTotalCores());
    resources.requireRunnable(spec); // or says which field breaks which limit
    return resources;
  }

  static long show(JobExecutor executor, String user) {
    QueueView view = executor.capability(QueueView.class).orElseThrow();
    QueueSnapshot queue = view.snapshot();
    System.out.println(queue.ofUser(user).running().getJobs());
    System.out.println(queue.inQueue("debug").queued().getJobs().size());
    try (Stream<QueuedJob> jobs = view.stream()) { // one after the other, however many there are
      return jobs.filter(job -> job.getExitCode() != null && job.getExitCode() > 0).count();
    }
  }

  static List<JobStatus> recover(JobExecutor executor) throws InterruptedException {
    List<JobStatus> ends = new ArrayList<>();
    for (Job job : executor.recover()) {
      if (job.getStatus().getState() == JobState.NEW) {
        executor.submit(job); // it had never reached the scheduler
      }
      ends.add(job.waitFor());
    }
    return ends;
  }

  static void listen(Job job, List<String> words) {
    job.setJobStatusCallback(
        (changed, status) -> {
          Object event = status.getMetadata().get(JobStatus.EVENT);
          words.add(event == null ? status.getState().name() : event + ": " + status.getMessage());
        });
  }

  static boolean isWorthAnotherTry(JobStatus end) {
    @Nullable FailureCause cause = end.getCause();
    return cause == FailureCause.NODE_FAILURE || cause == FailureCause.PREEMPTED;
  }
}
