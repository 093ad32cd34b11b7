package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psij.FailureCause;
import org.psij.JobState;
import org.psij.executors.batch.NativeStatus;

final class JobEndTest {
  private static NativeStatus end(String state, String exitStatus, String comment) {
    QstatJob job = new QstatJob("1.s", false);
    job.put("job_state", state);
    job.put("Job_Owner", "me@login");
    if (exitStatus != null) {
      job.put("exit_status", exitStatus);
    }
    if (comment != null) {
      job.put("comment", comment);
    }
    return JobStates.read(job);
  }

  @ParameterizedTest
  @CsvSource({
    "F, 0, , COMPLETED, , 0",
    "X, 0, , COMPLETED, , 0",
    "C, 0, , COMPLETED, , 0",
    "F, 1, , FAILED, EXIT_CODE, 1",
    "F, 128, , FAILED, EXIT_CODE, 128",
    "F, 139, , FAILED, SIGNAL, 139",
    "F, 254, , FAILED, EXIT_CODE, 254",
    "F, 265, , FAILED, SIGNAL, 137",
    "F, 271, , CANCELED, CANCELED_BY_USER, 143",
    "F, 271, Job run and terminated by me@node, CANCELED, CANCELED_BY_USER, 143",
    "F, 265, Job run and terminated by ROOT@node, CANCELED, CANCELED_BY_SCHEDULER, 137",
    "F, 7, Job run and terminated by me@login, CANCELED, CANCELED_BY_USER, 7",
    "C, 271, , CANCELED, CANCELED_BY_USER, 143",
    "F, -29, , FAILED, TIME_LIMIT, ",
    "F, 271, Job run and exceeded resource walltime, FAILED, TIME_LIMIT, ",
    "F, 0, Job run and exceeded resource walltime, FAILED, TIME_LIMIT, ",
    "F, -28, , FAILED, TIME_LIMIT, ",
    "F, -27, , FAILED, OUT_OF_MEMORY, ",
    "F, -26, , FAILED, OUT_OF_MEMORY, ",
    "F, 265, Job run and exceeded resource mem, FAILED, OUT_OF_MEMORY, ",
    "C, -11, , FAILED, TIME_LIMIT, ",
    "C, -10, , FAILED, OUT_OF_MEMORY, ",
    "F, -4, , FAILED, NODE_FAILURE, ",
    "F, 271, Job run and node n1 went down, FAILED, NODE_FAILURE, ",
    "F, 271, preempted by a reservation, FAILED, PREEMPTED, ",
    "F, -1, , FAILED, REJECTED, ",
    "F, -14, , FAILED, NODE_FAILURE, ",
    "C, -14, , FAILED, REJECTED, ",
    "F, -31, , FAILED, OUT_OF_MEMORY, ",
    "F, -24, , FAILED, , ",
    "F, 3, Job run at Sun Nov 22 at 00:52 on (node1:ncpus=1) and failed, FAILED, EXIT_CODE, 3",
    "F, 139, Job run at Sun Nov 22 at 00:52 on (cnode7:ncpus=1) and failed, FAILED, SIGNAL, 139",
    "F, 0, Job run at Sun Nov 22 at 00:52 on (bloom1:ncpus=1) and finished, COMPLETED, , 0",
    "F, 0, Job run at Sun Nov 22 at 00:52 on (oom:ncpus=1) and finished, COMPLETED, , 0",
    "F, 271, Job run at Sun Nov 22 at 00:52 on (n1:ncpus=1) and terminated by oom@login, CANCELED,"
        + " CANCELED_BY_SCHEDULER, 143",
    "F, 137, Job run at Sun Nov 22 at 00:52 on (n1:ncpus=1) and killed by oom, FAILED,"
        + " OUT_OF_MEMORY, ",
    "F, nonsense, , FAILED, , ",
    "F, , , CANCELED, CANCELED_BY_SCHEDULER, ",
    "F, , Not Running and terminated, CANCELED, CANCELED_BY_USER, ",
    "C, , , CANCELED, CANCELED_BY_USER, "
  })
  void exitStatusAndCommentTellTheEnd(
      String state,
      String exitStatus,
      String comment,
      JobState expected,
      FailureCause cause,
      Integer code) {
    NativeStatus status = end(state, exitStatus, comment);

    assertThat(status.state()).isEqualTo(expected);
    assertThat(status.cause()).isEqualTo(cause);
    assertThat(status.exitCode()).isEqualTo(code);
  }
}
