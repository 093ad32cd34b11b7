package org.psij.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.psij.JobState;
import org.psij.executors.batch.BatchExecutorDescriptor;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.StatusListing;

/**
 * A scheduler that costs nothing and runs nothing, so that what is left is the engine's: its
 * command is {@code echo}. A job that is named {@value #LIVE} waits for ever, any other has ended
 * well when it is asked for.
 */
final class EchoScheduler implements BatchScheduler {
  static final String LIVE = "live";

  /** Makes it known to the registry. */
  public static final class Descriptor implements BatchExecutorDescriptor {
    /** For the registry. */
    public Descriptor() {}

    @Override
    public String getName() {
      return "echo";
    }

    @Override
    public String getVersion() {
      return "1.0";
    }

    @Override
    public BatchScheduler getScheduler() {
      return new EchoScheduler();
    }
  }

  @Override
  public Set<String> attributePrefixes() {
    return Set.of("echo");
  }

  @Override
  public String scriptHead(BatchJob job) {
    return "#!/bin/bash\n";
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script) {
    return List.of("echo", job.givenName() + "-" + UUID.randomUUID());
  }

  @Override
  public String parseSubmission(CommandResult result) {
    return result.stdout().strip();
  }

  @Override
  public List<String> statusCommand(List<String> nativeIds) {
    return List.of("echo", String.join(" ", nativeIds));
  }

  @Override
  public StatusListing parseStatus(CommandResult result) {
    Map<String, NativeStatus> jobs = new HashMap<>();
    for (String id : result.stdout().strip().split(" ", -1)) {
      jobs.put(
          id,
          id.startsWith(LIVE)
              ? NativeStatus.builder("WAITS", JobState.QUEUED).build()
              : NativeStatus.builder("ENDED", JobState.COMPLETED).exitCode(0).build());
    }
    return StatusListing.of(jobs);
  }

  @Override
  public List<String> cancelCommand(String nativeId) {
    return List.of("true");
  }

  @Override
  public void checkCancellation(CommandResult result) {}

  @Override
  public List<String> listCommand(String user) {
    return List.of("true");
  }

  @Override
  public List<String> parseList(CommandResult result) {
    return List.of();
  }

  @Override
  public boolean isHiddenFromCommands(String variable) {
    return false;
  }
}
