package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.FailureCause;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/** Reads what squeue 22.05 printed about jobs that had ended. */
final class SqueueExitCodesTest {
  private static final String RECORDED =
      """
      38045                         CANCELLED           2026-11-22T21:00:12      0          \s
      38044                         COMPLETED           2026-11-22T21:00:13      0          \s
      38041                         FAILED              2026-11-22T21:00:13      35072      \s
      38042_7                       FAILED              2026-11-22T21:00:13      768        \s
      38043                         FAILED              2026-11-22T21:00:13      9          \s
      """;

  private static StatusListing parse(int exitCode, String stdout, String stderr) {
    List<String> command = SqueueExitCodes.commands(List.of("38041")).get(0);
    CommandResult result = new CommandResult(command, exitCode, stdout, stderr, Duration.ZERO);
    assertThat(SqueueExitCodes.isAsked(result)).isTrue();
    return SqueueExitCodes.parse(result);
  }

  @Test
  void wholeExitCodesAreTold() {
    StatusListing listing = parse(0, RECORDED, "");

    assertThat(listing.jobs().keySet()).containsExactlyInAnyOrder("38041", "38042_7");
    NativeStatus failed = listing.jobs().get("38041");
    assertThat(failed.exitCode()).isEqualTo(137);
    assertThat(failed.cause()).isEqualTo(FailureCause.EXIT_CODE);
    assertThat(failed.endTime()).isEqualTo(Instant.parse("2026-11-22T21:00:13Z"));
    assertThat(listing.jobs().get("38042_7").exitCode()).isEqualTo(3);
    assertThat(listing.lacks("38043")).isTrue();
  }

  @Test
  void whatCannotBeReadOrIsForgottenIsLeftToTheAccounting() {
    assertThat(parse(0, "12|FAILED|x\n\n38041 FAILED 2026", "").jobs()).isEmpty();
    assertThat(parse(1, "", "slurm_load_jobs error: Invalid job id specified\n").lacks("38041"))
        .isTrue();
  }

  @Test
  void manyJobsAreNotAskedFor() {
    assertThat(SqueueExitCodes.commands(Collections.nCopies(21, "1"))).isEmpty();
  }
}
