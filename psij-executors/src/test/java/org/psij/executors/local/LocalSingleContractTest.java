package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.testkit.JobExecutorContract;

class LocalSingleContractTest extends JobExecutorContract {
  @Override
  public JobExecutor open(JobExecutorConfig config) {
    return JobExecutor.getInstance("local", null, null, config);
  }

  /** The contract lets an executor refuse such text; this one carries it in every locale. */
  @Test
  @Tag("contract")
  void textThatTheLocaleCannotCarryArrives(@TempDir Path folder) throws Exception {
    String text = "\u00fc \u65e5\u672c\u8a9e \ud83d\ude00";
    Path out = folder.resolve("out");
    JobExecutorConfig config = JobExecutorConfig.builder().workDirectory(folder).build();
    try (JobExecutor executor = open(config)) {
      Job job =
          new Job(
              JobSpec.builder("/bin/sh")
                  .arguments("-c", "printf '%s %s' \"$0\" \"$TEXT\"", text)
                  .environmentVariable("TEXT", text)
                  .stdoutPath(out)
                  .build());
      executor.submit(job);
      assertThat(job.waitFor(patience())).extracting("state").isEqualTo(JobState.COMPLETED);
    }
    assertThat(Files.readString(out)).isEqualTo(text + " " + text);
  }
}
