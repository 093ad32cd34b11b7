package org.psij.executors.batch.lsf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;

final class LsfStatesTest {
  @ParameterizedTest
  @CsvSource({
    "TERM_ADMIN, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_BUCKET_KILL, CANCELED, CANCELED_BY_USER",
    "TERM_CHKPNT, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_CPULIMIT, FAILED, TIME_LIMIT",
    "TERM_CSM_ALLOC, FAILED, NODE_FAILURE",
    "TERM_CWD_NOTEXIST, FAILED, REJECTED",
    "TERM_DATA, FAILED, REJECTED",
    "TERM_DEADLINE, FAILED, TIME_LIMIT",
    "TERM_EXTERNAL_SIGNAL, FAILED, SIGNAL",
    "TERM_FORCE_ADMIN, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_FORCE_OWNER, CANCELED, CANCELED_BY_USER",
    "TERM_KUBE, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_LOAD, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_MC_RECALL, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_MEMLIMIT, FAILED, OUT_OF_MEMORY",
    "TERM_ORPHAN_SYSTEM, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_OTHER, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_OWNER, CANCELED, CANCELED_BY_USER",
    "TERM_PREEMPT, FAILED, PREEMPTED",
    "TERM_PRE_EXEC_FAIL, FAILED, REJECTED",
    "TERM_PROCESSLIMIT, FAILED, SIGNAL",
    "TERM_RC, FAILED, PREEMPTED",
    "TERM_REMOVE_HUNG_JOB, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_REQUEUE_ADMIN, QUEUED,",
    "TERM_REQUEUE_OWNER, QUEUED,",
    "TERM_REQUEUE_RC, QUEUED,",
    "TERM_RMS, FAILED, NODE_FAILURE",
    "TERM_RUNLIMIT, FAILED, TIME_LIMIT",
    "TERM_SLURM, FAILED, NODE_FAILURE",
    "TERM_SWAP, FAILED, OUT_OF_MEMORY",
    "TERM_THREADLIMIT, FAILED, SIGNAL",
    "TERM_UNKNOWN, FAILED, SIGNAL",
    "TERM_NEVER_HEARD, FAILED, SIGNAL",
    "TERM_WINDOW, CANCELED, CANCELED_BY_SCHEDULER",
    "TERM_ZOMBIE, FAILED, NODE_FAILURE",
  })
  void everyTerminationReasonHasItsCause(String reason, JobState state, FailureCause cause) {
    NativeStatus status = LsfStates.status("EXIT", 130, reason + ": words", null).build();
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.cause()).isEqualTo(cause);
    assertThat(status.reason()).isEqualTo(reason + ": words");
  }

  @Test
  void withoutAReasonTheExitCodeTells() {
    assertThat(LsfStates.status("EXIT", null, null, null).build().cause()).isNull();
    assertThat(LsfStates.status("EXIT", 1, null, null).build().cause())
        .isEqualTo(FailureCause.EXIT_CODE);
    assertThat(LsfStates.status("EXIT", 128, null, null).build().cause())
        .isEqualTo(FailureCause.EXIT_CODE);
    assertThat(LsfStates.status("EXIT", 129, null, null).build().cause())
        .isEqualTo(FailureCause.SIGNAL);
  }
}
