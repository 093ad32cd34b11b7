package org.psij.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;

/** The code of README and guides does what they say. */
final class GuideTest {
  @TempDir Path folder;

  @Test
  void greetingShowsAllStatesAndWritesItsFile() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Greeting.main(new String[0]);
    } finally {
      System.setOut(console);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("COMPLETED at");
    assertThat(Path.of("/tmp/hello.txt")).hasContent("hello");
  }

  @Test
  void specOfTheGuideSurvivesTheExchange() {
    JobSpec spec = UserGuide.describe(folder);
    assertThat(UserGuide.exchange(spec)).isEqualTo(spec);
    assertThat(UserGuide.exchange(UserGuide.stage())).isEqualTo(UserGuide.stage());
  }

  @Test
  void jobsAreFollowedAttachedAndThrottled() throws Exception {
    try (JobExecutor executor = UserGuide.configure(folder)) {
      JobSpec spec = JobSpec.builder("/bin/true").build();
      assertThat(UserGuide.follow(executor, spec).getState()).isEqualTo(JobState.COMPLETED);
      assertThat(UserGuide.throttled(executor, Collections.nCopies(7, spec), 2)).isEqualTo(7);
      executor.setJobStatusCallback(null);

      Job good = new Job(spec);
      Job bad = new Job(JobSpec.builder().build());
      assertThat(UserGuide.many(executor, new LinkedHashSet<>(List.of(good, bad))))
          .containsOnlyKeys(bad);
      assertThat(good.waitFor().getState()).isEqualTo(JobState.COMPLETED);
      assertThat(UserGuide.attach(executor, String.valueOf(good.getNativeId())).getState())
          .isEqualTo(JobState.COMPLETED);

      assertThat(UserGuide.submitted(executor, bad)).isFalse();
      assertThat(UserGuide.submitted(executor, new Job(JobSpec.builder("/no/such").build())))
          .isFalse();
      assertThat(UserGuide.submitted(executor, new Job(spec))).isTrue();
    }
  }
}
