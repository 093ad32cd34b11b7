package org.psij;

import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.psij.spi.Submission;

/** Runs nothing: takes note of what it is asked for, and reports what a test says. */
public final class RecordingExecutor extends JobExecutor {
  final Queue<Job> submitted = new ConcurrentLinkedQueue<>();
  final Queue<String> cancelled = new ConcurrentLinkedQueue<>();
  final Queue<Job> endsTold = new ConcurrentLinkedQueue<>();
  final AtomicInteger closings = new AtomicInteger();
  final AtomicInteger refreshes = new AtomicInteger();

  volatile Set<Feature> features = EnumSet.allOf(Feature.class);
  volatile Function<Job, String> submission = job -> "native-" + job.getId();
  volatile BiConsumer<List<Job>, Submission> bulkSubmission = super::doSubmitAll;
  volatile Runnable attaching = () -> {};

  public RecordingExecutor(ExecutorContext context) {
    super(context);
  }

  static RecordingExecutor open() {
    return (RecordingExecutor) JobExecutor.getInstance("recording");
  }

  static RecordingExecutor open(Executor callbacks) {
    JobExecutorConfig config = JobExecutorConfig.builder().callbackExecutor(callbacks).build();
    return (RecordingExecutor) JobExecutor.getInstance("recording", null, null, config);
  }

  static Job job() {
    return new Job(JobSpec.builder("/bin/true").build());
  }

  Job submitted(JobStatusCallback listener) {
    Job job = job();
    job.setJobStatusCallback(listener);
    submit(job);
    return job;
  }

  void tell(Job job, JobState... states) {
    for (JobState state : states) {
      report(job, JobStatus.builder(state).build());
    }
  }

  void tell(Job job, JobStatus.Builder status) {
    report(job, status.build());
  }

  Job restored(String id, JobSpec spec, String nativeId) {
    return restore(id, spec, nativeId);
  }

  @Override
  public Set<Feature> getFeatures() {
    return features;
  }

  @Override
  protected String doSubmit(Job job, JobSpec spec) {
    submitted.add(job);
    return submission.apply(job);
  }

  @Override
  protected void doSubmitAll(List<Job> jobs, Submission out) {
    bulkSubmission.accept(jobs, out);
  }

  @Override
  protected void doAttach(Job job, String nativeId) {
    attaching.run();
  }

  @Override
  protected void doCancel(Job job, String nativeId) {
    cancelled.add(nativeId);
  }

  @Override
  protected List<String> doList() {
    return submitted.stream().map(Job::getNativeId).toList();
  }

  @Override
  protected void doRefresh() {
    refreshes.incrementAndGet();
  }

  @Override
  protected void endWasTold(Job job) {
    endsTold.add(job);
  }

  @Override
  protected void doClose() {
    closings.incrementAndGet();
  }
}
