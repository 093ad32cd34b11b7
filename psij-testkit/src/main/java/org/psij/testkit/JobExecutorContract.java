package org.psij.testkit;

import org.junit.jupiter.api.Nested;

/** All contracts of an executor. Extend it once for each launcher that the executor works with. */
public abstract class JobExecutorContract implements ExecutorUnderTest {
  /** Creates the tests. */
  protected JobExecutorContract() {}

  @Nested
  final class Submission extends SubmissionContract {
    Submission() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class States extends StateContract {
    States() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class Streams extends StreamContract {
    Streams() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class Environment extends EnvironmentContract {
    Environment() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class Cancel extends CancelContract {
    Cancel() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class Exceptions extends ExceptionContract {
    Exceptions() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class SubmitAll extends SubmitAllContract {
    SubmitAll() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class Close extends CloseContract {
    Close() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class Staging extends StagingContract {
    Staging() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class LaunchScripts extends LaunchScriptContract {
    LaunchScripts() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class MultiProcess extends MultiProcessContract {
    MultiProcess() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class Attach extends AttachContract {
    Attach() {
      super(JobExecutorContract.this);
    }
  }

  @Nested
  final class Recover extends RecoverContract {
    Recover() {
      super(JobExecutorContract.this);
    }
  }
}
