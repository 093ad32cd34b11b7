package org.psij;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.spi.LauncherDescriptor;
import org.psij.spi.PluginInfo;

/**
 * How the processes of a job are started inside its allocation (PSI/J: {@code Launcher}).
 * Implementations have one public constructor, which takes a {@link LauncherContext}, keep no
 * state, and are safe for use by many threads.
 */
public abstract class Launcher {
  /** The launcher of a job that names none: {@code single}. */
  public static final String DEFAULT_LAUNCHER_NAME = "single";

  private final LauncherContext context;

  /**
   * Creates a launcher.
   *
   * @param context what the registry knows
   */
  protected Launcher(LauncherContext context) {
    this.context = context;
  }

  /**
   * Finds a launcher in its highest version, with default settings.
   *
   * @param name its name or an alias; case does not matter
   * @return a launcher
   * @throws IllegalArgumentException if there is none of that name; the message lists what there is
   * @throws PsijException if it cannot be loaded, or two places offer the same version
   */
  public static Launcher getInstance(String name) {
    return getInstance(name, null, null);
  }

  /**
   * Finds a launcher.
   *
   * @param name its name or an alias; case does not matter
   * @param versionConstraint which versions will do, as for {@link JobExecutor#getInstance(String,
   *     String, String, JobExecutorConfig)}, or null for any
   * @param config settings, or null for the default ones
   * @return a launcher
   * @throws IllegalArgumentException if there is none of that name and version; the message lists
   *     what there is
   * @throws PsijException if it cannot be loaded, or two places offer the same version
   */
  public static Launcher getInstance(
      String name, @Nullable String versionConstraint, @Nullable JobExecutorConfig config) {
    Plugin<LauncherDescriptor> plugin = PluginRegistry.LAUNCHERS.find(name, versionConstraint);
    JobExecutorConfig settings = config == null ? JobExecutorConfig.builder().build() : config;
    return plugin.create(
        Launcher.class, LauncherContext.class, new LauncherContext(plugin.descriptor(), settings));
  }

  /**
   * Lists the launchers that there are, those that cannot be loaded included.
   *
   * @return their names, sorted
   */
  public static Set<String> getLauncherNames() {
    return PluginRegistry.LAUNCHERS.names();
  }

  /**
   * Makes a launcher known that is on no path.
   *
   * @param descriptor what to know about it
   * @param root the folder or jar that its class is loaded from
   * @throws IllegalArgumentException if the class is not there
   */
  public static void registerLauncher(LauncherDescriptor descriptor, Path root) {
    PluginRegistry.LAUNCHERS.register(descriptor, root);
  }

  /**
   * Describes every launcher that there is, in every version, the broken ones with what is wrong.
   *
   * @return one description for each, sorted by name and version
   */
  public static List<PluginInfo> getLauncherInfos() {
    return PluginRegistry.LAUNCHERS.infos();
  }

  /**
   * Tells the name of the launcher.
   *
   * @return the name, not an alias
   */
  public final String getName() {
    return context.getDescriptor().getName();
  }

  /**
   * Tells the version of the launcher.
   *
   * @return the version
   */
  public final String getVersion() {
    return context.getDescriptor().getVersion();
  }

  /**
   * Says how to start a job. The command needs no file of the library where the job runs;
   * redirection of the standard streams is put around it by the executor.
   *
   * @param job the job
   * @return the command and its arguments
   * @throws InvalidJobException if the job has no executable, or asks for what this launcher cannot
   *     do
   */
  public abstract List<String> getLaunchCommand(Job job);

  /**
   * Tells whether the command is just the executable and its arguments.
   *
   * @return true if nothing is put around the executable
   */
  public boolean isDirect() {
    return false;
  }

  /**
   * Recognises the launcher's own error messages.
   *
   * @param exitCode what the launch command returned, not zero
   * @param lastStderr the end of what it wrote to standard error
   * @return what went wrong with the launcher, or null if it was the job that failed
   */
  public @Nullable String explainFailure(int exitCode, String lastStderr) {
    return null;
  }

  /**
   * Gives what a job runs.
   *
   * @param job the job
   * @return the executable and its arguments
   * @throws InvalidJobException if the job has none
   */
  protected static List<String> executableAndArguments(Job job) {
    JobSpec spec = job.getSpec();
    String executable = spec == null ? null : spec.getExecutable();
    if (spec == null || executable == null || executable.isEmpty()) {
      throw new InvalidJobException("executable", "must be given, was " + executable);
    }
    List<String> command = new ArrayList<>(spec.getArguments().size() + 1);
    command.add(executable);
    command.addAll(spec.getArguments());
    return command;
  }

  /**
   * Gives what a job needs to run on.
   *
   * @param job the job
   * @return its resources, or those of one process if it asks for none
   */
  protected static ResourceSpecV1 resources(Job job) {
    JobSpec spec = job.getSpec();
    return spec != null && spec.getResources() instanceof ResourceSpecV1 resources
        ? resources
        : ResourceSpecV1.builder().build();
  }
}
