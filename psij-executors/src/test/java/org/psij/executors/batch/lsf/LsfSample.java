package org.psij.executors.batch.lsf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.StatusListing;

/** Output of LSF, written by hand from the manual, and jobs to go with it. */
final class LsfSample {
  private LsfSample() {}

  static String text(String file) {
    try (InputStream in = LsfSample.class.getResourceAsStream("by-hand-from-the-manual/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CommandResult result(int exitCode, String stdout, String stderr, String... command) {
    return new CommandResult(List.of(command), exitCode, stdout, stderr, Duration.ofMillis(5));
  }

  static StatusListing status(int exitCode, String stdout, String stderr, String... ids) {
    LsfScheduler lsf = new LsfScheduler();
    String[] command = lsf.statusCommand(List.of(ids)).toArray(String[]::new);
    return lsf.parseStatus(result(exitCode, stdout, stderr, command));
  }

  static BatchJob job(JobSpec.Builder spec, ResourceSpecV1.Builder resources) {
    ResourceSpecV1 built = resources.build();
    return new BatchJob("0000-1111", spec.resources(built).build(), built);
  }
}
