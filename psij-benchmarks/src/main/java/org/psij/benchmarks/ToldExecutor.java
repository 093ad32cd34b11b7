package org.psij.benchmarks;

import java.util.List;
import org.psij.ExecutorContext;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.spi.ExecutorDescriptor;

/** The least that an executor can be: it runs nothing, and reports all states of a job at once. */
public final class ToldExecutor extends JobExecutor {
  /** What a job that ends well goes through. */
  static final List<JobState> STATES =
      List.of(
          JobState.QUEUED,
          JobState.STAGE_IN,
          JobState.ACTIVE,
          JobState.STAGE_OUT,
          JobState.CLEANUP,
          JobState.COMPLETED);

  /** Makes it known to the registry. */
  public static final class Descriptor implements ExecutorDescriptor {
    /** For the registry. */
    public Descriptor() {}

    @Override
    public String getName() {
      return "told";
    }

    @Override
    public String getVersion() {
      return "1.0";
    }

    @Override
    public String getClassName() {
      return ToldExecutor.class.getName();
    }
  }

  /**
   * Creates the executor.
   *
   * @param context what the registry knows
   */
  public ToldExecutor(ExecutorContext context) {
    super(context);
  }

  @Override
  protected String doSubmit(Job job, JobSpec spec) {
    return "none";
  }

  /** Reports all states of a job, one after the other. */
  void tell(Job job) {
    for (JobState state : STATES) {
      report(job, JobStatus.builder(state).build());
    }
  }

  @Override
  protected void doAttach(Job job, String nativeId) {}

  @Override
  protected void doCancel(Job job, String nativeId) {}

  @Override
  protected List<String> doList() {
    return List.of();
  }

  @Override
  protected void doClose() {}
}
