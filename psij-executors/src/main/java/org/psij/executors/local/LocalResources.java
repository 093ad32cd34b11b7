package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.ResourceStatus;
import org.psij.ResourceSummary;

/**
 * This machine: the processors that this process may use, less those that the jobs of this executor
 * ask for. Jobs start at once and nothing limits them, so there are no queues, and no job is too
 * large.
 */
final class LocalResources implements ResourceStatus {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+([0-9]{1,15}) kB");

  private final Supplier<Collection<LocalRun>> runs;

  /**
   * Looks at this machine.
   *
   * @param runs gives the jobs that this executor runs
   */
  LocalResources(Supplier<Collection<LocalRun>> runs) {
    this.runs = runs;
  }

  @Override
  public ResourceSummary look() {
    List<Job> running =
        runs.get().stream().map(LocalRun::job).filter(job -> !job.getStatus().isFinal()).toList();
    int cores = Runtime.getRuntime().availableProcessors();
    long used = running.stream().mapToLong(LocalResources::cores).sum();
    int free = (int) Math.max(0, cores - used);
    return ResourceSummary.builder()
        .oneNodeUnlessAsked(true)
        .architectures(List.of(System.getProperty("os.arch")))
        .totalCores(cores)
        .freeCores(free)
        .totalSlots(cores)
        .freeSlots(free)
        .totalMemory(memory())
        .ownRunningJobs(running.size())
        .ownQueuedJobs(0)
        .build();
  }

  private static long cores(Job job) {
    JobSpec spec = job.getSpec();
    if (spec == null || !(spec.getResources() instanceof ResourceSpecV1 resources)) {
      return 1;
    }
    Integer cores = resources.getCpuCoresPerProcess();
    return (long) resources.getComputedProcessCount() * (cores == null ? 1 : cores);
  }

  /** As in proc(5), which is not there on every system. */
  private static @Nullable Long memory() {
    try (Stream<String> lines = Files.lines(MEMORY)) {
      return lines
          .map(TOTAL::matcher)
          .filter(Matcher::matches)
          .map(line -> Long.valueOf(Long.parseLong(line.group(1)) * 1024))
          .findFirst()
          .orElse(null);
    } catch (IOException notThere) {
      return null;
    }
  }
}
