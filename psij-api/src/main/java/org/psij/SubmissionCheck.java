package org.psij;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What only a submission shows about a job, before any executor does something for it. */
final class SubmissionCheck {
  private final String executor;
  private final Set<Feature> features;

  private SubmissionCheck(String executor, Set<Feature> features) {
    this.executor = executor;
    this.features = features;
  }

  /** Returns the specification of a job that the executor may be asked to run. */
  static JobSpec require(Job job, String executor, Set<Feature> features) {
    JobSpec spec = job.getSpec();
    if (spec == null) {
      throw new InvalidJobException(null, "Job " + job.getId() + " has no specification");
    }
    requireCommand(spec);
    requireLauncher(spec.getLauncher());
    new SubmissionCheck(executor, features).requireFeatures(spec);
    return spec;
  }

  private static void requireCommand(JobSpec spec) {
    String executable = spec.getExecutable();
    if (executable == null || executable.isEmpty()) {
      throw new InvalidJobException(
          "executable", "must be given, was " + (executable == null ? "null" : "''"));
    }
    List<String> arguments = spec.getArguments();
    for (int i = 0; i < arguments.size(); i++) {
      FieldCheck.refuseNul("arguments[" + i + "]", arguments.get(i));
    }
  }

  private static void requireLauncher(@Nullable String launcher) {
    if (launcher != null && !PluginRegistry.LAUNCHERS.has(launcher)) {
      throw new InvalidJobException(
          "launcher", "unknown '" + launcher + "'; there are " + Launcher.getLauncherNames());
    }
  }

  private void requireFeatures(JobSpec spec) {
    require(Feature.STAGING, "stage_in", !spec.getStageIn().isEmpty());
    require(Feature.STAGING, "stage_out", !spec.getStageOut().isEmpty());
    require(Feature.STAGING, "cleanup", !spec.getCleanup().isEmpty());
    require(Feature.PRE_POST_LAUNCH, "pre_launch", spec.getPreLaunch() != null);
    require(Feature.PRE_POST_LAUNCH, "post_launch", spec.getPostLaunch() != null);
    require(
        Feature.MULTI_PROCESS,
        "resources",
        spec.getResources() instanceof ResourceSpecV1 resources
            && resources.getComputedProcessCount() > 1);
  }

  private void require(Feature feature, String field, boolean needed) {
    if (needed && !features.contains(feature)) {
      throw new InvalidJobException(
          field, "needs " + feature + ", which the executor '" + executor + "' does not have");
    }
  }
}
