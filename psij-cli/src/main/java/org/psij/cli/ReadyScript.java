package org.psij.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.psij.BatchScripts;
import org.psij.ExecutorChoice;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.executors.batch.ScriptFile;
import org.psij.spi.Fit;

/** A batch script that is submitted as it is. */
final class ReadyScript {
  /** By what directives begin with, the executors whose schedulers obey them. */
  private static final Map<String, List<String>> EXECUTORS = new LinkedHashMap<>();

  static {
    EXECUTORS.put("#SBATCH", List.of("slurm"));
    EXECUTORS.put("#PBS", List.of("pbs", "pbs_classic"));
    EXECUTORS.put("#$", List.of("gridengine"));
    EXECUTORS.put("#BSUB", List.of("lsf"));
  }

  private final Path path;

  ReadyScript(Path path) {
    this.path = path;
  }

  /**
   * Names the executor that the directives are meant for.
   *
   * @throws IllegalArgumentException if they do not tell
   */
  String executor() {
    ScriptFile script = ScriptFile.read(path);
    List<String> candidates =
        EXECUTORS.entrySet().stream()
            .filter(kind -> script.hasDirectives(kind.getKey()))
            .flatMap(kind -> kind.getValue().stream())
            .toList();
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException(
          path
              + " has no directives that tell its scheduler ("
              + String.join(", ", EXECUTORS.keySet())
              + "): name the executor with -e");
    }
    return candidates.size() == 1 ? candidates.get(0) : present(candidates);
  }

  private String present(List<String> candidates) {
    ExecutorChoice choice = JobExecutor.detect();
    if (candidates.contains(choice.getName())) {
      return choice.getName();
    }
    return choice.getDetections().entrySet().stream()
        .filter(found -> candidates.contains(found.getKey()))
        .filter(found -> found.getValue().getFit() != Fit.NONE)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    path
                        + " is meant for "
                        + String.join(" or ", candidates)
                        + ", and auto is "
                        + choice
                        + ": name the executor with -e"));
  }

  void submit(JobExecutor executor, Job job) {
    Capabilities.of(executor, BatchScripts.class, "takes no ready scripts").submit(job, path);
  }
}
