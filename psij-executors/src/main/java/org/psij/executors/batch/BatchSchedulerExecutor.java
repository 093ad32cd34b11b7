package org.psij.executors.batch;

import java.util.List;
import org.psij.ExecutorContext;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** The one engine for all schedulers. */
public final class BatchSchedulerExecutor extends JobExecutor {
  /**
   * Creates the executor.
   *
   * @param context what the registry knows and the user wants
   */
  public BatchSchedulerExecutor(ExecutorContext context) {
    super(context);
  }

  @Override
  protected String doSubmit(Job job, JobSpec spec) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doAttach(Job job, String nativeId) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doCancel(Job job, String nativeId) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected List<String> doList() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void doClose() {}
}
