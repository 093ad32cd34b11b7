package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ScriptPreview.Preview;

final class SubmissionDifferenceTest {
  private static SubmissionDifference difference(Preview plain, Preview other) {
    JobSpec first = JobSpec.builder("/bin/prog").build();
    JobSpec second = JobSpec.builder("/bin/other").build();
    return SubmissionDifference.between(
        job -> first.equals(job.getSpec()) ? plain : other, first, second);
  }

  private static Preview preview(String script, String... command) {
    return new Preview(script, List.of(command), ResourceSpecV1.builder().build());
  }

  @Test
  void directivesOfAnySchedulerAreCompared() {
    SubmissionDifference difference =
        difference(
            preview("#!/bin/sh\n#BSUB -W 10\n#$ -V\n#PBS -m e\n", "sub", "job.sh"),
            preview("#!/bin/sh\n#BSUB -W 20\n#PBS -m e\n", "sub", "job.sh"));

    assertThat(difference.getAdded()).containsExactly("-W 20");
    assertThat(difference.getRemoved()).containsExactly("-V");
    assertThat(difference.isInScript()).isFalse();
    assertThat(difference.words(option -> "<" + option + ">"))
        .containsExactly("<-W 20>", "no <-V>");
  }

  @Test
  void optionsOfTheCommandAreComparedWithTheirValues() {
    SubmissionDifference difference =
        difference(
            preview("exit\n", "sub", "sh", "a.sh"),
            preview("exit\n", "sub", "sh", "-N", "4", "x", "--hold", "b.sh"));

    assertThat(difference.getAdded()).containsExactly("-N 4 x", "--hold");
    assertThat(difference.getRemoved()).isEmpty();
  }

  @Test
  void whatTheScriptDoesIsComparedWithoutTheIdOfTheJob() {
    Preview plain = preview("# a comment\necho a\n", "sub", "a.sh");

    assertThat(difference(plain, preview("# a comment\necho b\n", "sub", "a.sh")))
        .hasToString("SubmissionDifference[in the script]");
    assertThat(difference(plain, plain).words(option -> option)).isEmpty();
    JobSpec spec = JobSpec.builder("/bin/prog").build();
    assertThat(
            SubmissionDifference.between(
                    job -> preview("mark " + job.getId() + "\n", "sub", "a.sh"), spec, spec)
                .isInScript())
        .isFalse();
  }
}
