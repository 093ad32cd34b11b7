package org.psij;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The description of a job (PSI/J: {@code JobSpec}). Immutable; one specification may serve any
 * number of jobs.
 *
 * <p>Paths are those of the machine where the job runs. A relative one is resolved in the working
 * directory of the job; {@link #getPreLaunch()} and {@link #getPostLaunch()} too.
 */
public final class JobSpec {
  private static final JobAttributes NO_ATTRIBUTES = JobAttributes.builder().build();

  private final @Nullable String executable;
  private final List<String> arguments;
  private final @Nullable Path directory;
  private final @Nullable String name;
  private final @Nullable Boolean inheritEnvironment;
  private final Map<String, String> environment;
  private final @Nullable Path stdinPath;
  private final @Nullable Path stdoutPath;
  private final @Nullable Path stderrPath;
  private final @Nullable ResourceSpec resources;
  private final JobAttributes attributes;
  private final @Nullable Path preLaunch;
  private final @Nullable Path postLaunch;
  private final @Nullable String launcher;
  private final Set<StageIn> stageIn;
  private final Set<StageOut> stageOut;
  private final Set<Path> cleanup;
  private final @Nullable Set<StageOutFlags> cleanupFlags;

  private JobSpec(Builder builder) {
    executable =
        builder.executable == null ? null : FieldCheck.text("executable", builder.executable);
    arguments = List.copyOf(builder.arguments);
    for (int i = 0; i < arguments.size(); i++) {
      // a NUL is refused by submit: psij-python writes such documents, and they must load
      FieldCheck.wellFormed("arguments[" + i + "]", arguments.get(i));
    }
    directory = FieldCheck.path("directory", builder.directory);
    name =
        Objects.equals(builder.name, executable)
            ? null
            : FieldCheck.nonEmptyText("name", builder.name);
    inheritEnvironment = builder.inheritEnvironment;
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
    environment.forEach(JobSpec::checkVariable);
    stdinPath = FieldCheck.path("stdin_path", builder.stdinPath);
    stdoutPath = FieldCheck.path("stdout_path", builder.stdoutPath);
    stderrPath = FieldCheck.path("stderr_path", builder.stderrPath);
    resources = builder.resources;
    attributes = builder.attributes;
    preLaunch = FieldCheck.path("pre_launch", builder.preLaunch);
    postLaunch = FieldCheck.path("post_launch", builder.postLaunch);
    launcher = FieldCheck.nonEmptyText("launcher", builder.launcher);
    stageIn = Collections.unmodifiableSet(new LinkedHashSet<>(builder.stageIn));
    stageOut = Collections.unmodifiableSet(new LinkedHashSet<>(builder.stageOut));
    cleanup = Collections.unmodifiableSet(new LinkedHashSet<>(builder.cleanup));
    cleanup.forEach(this::checkCleanup);
    cleanupFlags = builder.cleanupFlags == null ? null : ordered(builder.cleanupFlags);
  }

  private static Set<StageOutFlags> ordered(Set<StageOutFlags> flags) {
    EnumSet<StageOutFlags> ordered = EnumSet.noneOf(StageOutFlags.class);
    ordered.addAll(flags);
    return Collections.unmodifiableSet(ordered);
  }

  static <T> @Nullable T either(@Nullable T given, @Nullable T otherwise) {
    return given == null ? otherwise : given;
  }

  private static void checkVariable(String variable, String value) {
    FieldCheck.environmentName(variable);
    FieldCheck.text("environment." + variable, value);
  }

  private void checkCleanup(Path path) {
    FieldCheck.path("cleanup", path);
    Path inside = path;
    if (path.isAbsolute()) {
      Path normal = FieldCheck.normalized(path);
      Path working = directory == null ? null : FieldCheck.normalized(directory);
      if (working == null || !working.isAbsolute() || !normal.startsWith(working)) {
        throw new InvalidJobException(
            "cleanup", "must name something inside the working directory, was '" + path + "'");
      }
      inside = working.relativize(normal);
    }
    FieldCheck.insideWorkingDirectory("cleanup", inside);
  }

  /**
   * Starts a specification in which nothing is given.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts the specification of a job that runs an executable.
   *
   * @param executable see {@link Builder#executable}
   * @return a new builder
   */
  public static Builder builder(String executable) {
    return new Builder().executable(executable);
  }

  /**
   * Starts a specification with the values of this one.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder copy = new Builder();
    copy.executable = executable;
    copy.arguments = arguments;
    copy.directory = directory;
    copy.name = name;
    copy.inheritEnvironment = inheritEnvironment;
    copy.environment.putAll(environment);
    copy.stdinPath = stdinPath;
    copy.stdoutPath = stdoutPath;
    copy.stderrPath = stderrPath;
    copy.resources = resources;
    copy.attributes = attributes;
    copy.preLaunch = preLaunch;
    copy.postLaunch = postLaunch;
    copy.launcher = launcher;
    copy.stageIn = stageIn;
    copy.stageOut = stageOut;
    copy.cleanup = cleanup;
    copy.cleanupFlags = cleanupFlags;
    return copy;
  }

  /**
   * Names the program to run.
   *
   * @return a path, or a name that is looked up in the {@code PATH} of the job; null or empty if
   *     not given, which {@link JobExecutor#submit} refuses
   */
  public @Nullable String getExecutable() {
    return executable;
  }

  /**
   * Lists what is passed to the executable, from {@code argv[1]} on.
   *
   * @return the arguments, each passed as it is; cannot be modified
   */
  public List<String> getArguments() {
    return arguments;
  }

  /**
   * Names the working directory of the job.
   *
   * @return the directory, or null for the submitter's current directory or, if the job stages or
   *     cleans up files, for one of its own
   */
  public @Nullable Path getDirectory() {
    return directory;
  }

  /**
   * Names the job for people; schedulers show it.
   *
   * @return the name that was given, or else the executable, or null if neither was
   */
  public @Nullable String getName() {
    return name != null ? name : executable;
  }

  /**
   * Tells whether a name was given that is not just the executable.
   *
   * @return true if {@link #getName()} is a name of its own
   */
  public boolean isNamed() {
    return name != null;
  }

  /**
   * Tells whether the job sees the environment of its submitter besides {@link #getEnvironment()}.
   *
   * @return true unless given otherwise
   */
  public boolean isInheritEnvironment() {
    return inheritEnvironment == null || inheritEnvironment;
  }

  /**
   * Lists the environment variables that are set for the job.
   *
   * @return values by name, in the order given; cannot be modified
   */
  public Map<String, String> getEnvironment() {
    return environment;
  }

  /**
   * Names the file that the job reads as its standard input.
   *
   * @return the file, or null for {@code /dev/null}
   */
  public @Nullable Path getStdinPath() {
    return stdinPath;
  }

  /**
   * Names the file that takes the standard output of the job; it is overwritten.
   *
   * @return the file, or null for the executor's choice
   */
  public @Nullable Path getStdoutPath() {
    return stdoutPath;
  }

  /**
   * Names the file that takes the standard error of the job; it is overwritten. May be the same as
   * {@link #getStdoutPath()}.
   *
   * @return the file, or null for the executor's choice
   */
  public @Nullable Path getStderrPath() {
    return stderrPath;
  }

  /**
   * Tells what the job needs to run on.
   *
   * @return the resources, or null for one process on one node
   */
  public @Nullable ResourceSpec getResources() {
    return resources;
  }

  /**
   * Tells how the job is to be treated by a scheduler.
   *
   * @return the attributes, the default ones unless given
   */
  public JobAttributes getAttributes() {
    return attributes;
  }

  /**
   * Names the script that is sourced once before the launcher is started.
   *
   * @return the script, or null if there is none
   */
  public @Nullable Path getPreLaunch() {
    return preLaunch;
  }

  /**
   * Names the script that is sourced once after all processes of the job have ended.
   *
   * @return the script, or null if there is none
   */
  public @Nullable Path getPostLaunch() {
    return postLaunch;
  }

  /**
   * Names the launcher that starts the processes of the job.
   *
   * @return the name, or null for {@link Launcher#DEFAULT_LAUNCHER_NAME}
   */
  public @Nullable String getLauncher() {
    return launcher;
  }

  /**
   * Lists the files that are brought in before the job runs.
   *
   * @return the files, in the order given; cannot be modified
   */
  public Set<StageIn> getStageIn() {
    return stageIn;
  }

  /**
   * Lists the files that are taken out after the job has ended.
   *
   * @return the files, in the order given; cannot be modified
   */
  public Set<StageOut> getStageOut() {
    return stageOut;
  }

  /**
   * Lists the files and folders that are removed after stage-out.
   *
   * @return paths inside the working directory, in the order given; cannot be modified
   */
  public Set<Path> getCleanup() {
    return cleanup;
  }

  /**
   * Tells after which ends of the job {@link #getCleanup()} is carried out. A file that is not
   * there is never an error, with or without {@link StageOutFlags#IF_PRESENT}.
   *
   * @return the flags, {@link StageOutFlags#ALWAYS} unless given; empty for never; cannot be
   *     modified
   */
  public Set<StageOutFlags> getCleanupFlags() {
    return cleanupFlags == null ? StageOutFlags.ALWAYS : cleanupFlags;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JobSpec that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(
        executable,
        arguments,
        directory,
        name,
        isInheritEnvironment(),
        environment,
        stdinPath,
        stdoutPath,
        stderrPath,
        resources,
        attributes,
        preLaunch,
        postLaunch,
        launcher,
        stageIn,
        stageOut,
        cleanup,
        getCleanupFlags());
  }

  /**
   * Describes the job for a log: names of environment variables, and never their values.
   *
   * @return the description
   */
  @Override
  public String toString() {
    return "JobSpec[executable="
        + executable
        + ", arguments="
        + arguments
        + (name == null ? "" : ", name=" + name)
        + (directory == null ? "" : ", directory=" + directory)
        + (environment.isEmpty() ? "" : ", environment=" + environment.keySet())
        + (launcher == null ? "" : ", launcher=" + launcher)
        + (resources == null ? "" : ", resources=" + resources)
        + "]";
  }

  /** Collects the values of a {@link JobSpec}. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String executable;
    private List<String> arguments = List.of();
    private @Nullable Path directory;
    private @Nullable String name;
    private @Nullable Boolean inheritEnvironment;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable Path stdinPath;
    private @Nullable Path stdoutPath;
    private @Nullable Path stderrPath;
    private @Nullable ResourceSpec resources;
    private JobAttributes attributes = NO_ATTRIBUTES;
    private @Nullable Path preLaunch;
    private @Nullable Path postLaunch;
    private @Nullable String launcher;
    private Collection<StageIn> stageIn = List.of();
    private Collection<StageOut> stageOut = List.of();
    private Collection<Path> cleanup = List.of();
    private @Nullable Set<StageOutFlags> cleanupFlags;
    private @Nullable JobSpec defaults;

    private Builder() {}

    /**
     * Names the program to run.
     *
     * @param file a path (relative ones are resolved in the working directory), or a name without a
     *     slash, which is looked up in the {@code PATH} of the job
     * @return this builder
     */
    public Builder executable(@Nullable String file) {
      executable = file;
      return this;
    }

    /**
     * Says what is passed to the executable.
     *
     * @param values the arguments, from {@code argv[1]} on
     * @return this builder
     */
    public Builder arguments(String... values) {
      return arguments(Arrays.asList(values));
    }

    /**
     * Says what is passed to the executable.
     *
     * @param values the arguments, from {@code argv[1]} on
     * @return this builder
     */
    public Builder arguments(Collection<String> values) {
      arguments = List.copyOf(values);
      return this;
    }

    /**
     * Names the working directory of the job.
     *
     * @param path the directory, or null for the default
     * @return this builder
     */
    public Builder directory(@Nullable Path path) {
      directory = path;
      return this;
    }

    /**
     * Names the job for people.
     *
     * @param text the name; null, or the executable, for none
     * @return this builder
     */
    public Builder name(@Nullable String text) {
      name = text;
      return this;
    }

    /**
     * Says whether the job sees the environment of its submitter.
     *
     * @param inherit false for an environment with nothing but what is given here
     * @return this builder
     */
    public Builder inheritEnvironment(boolean inherit) {
      inheritEnvironment = inherit;
      return this;
    }

    /**
     * Replaces the environment variables that are set for the job.
     *
     * @param variables values by name
     * @return this builder
     */
    public Builder environment(Map<String, String> variables) {
      Map<String, String> copy = new LinkedHashMap<>(variables);
      environment.clear();
      environment.putAll(copy);
      return this;
    }

    /**
     * Sets one environment variable for the job.
     *
     * @param variable its name
     * @param value its value
     * @return this builder
     */
    public Builder environmentVariable(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    /**
     * Names the file that the job reads as its standard input.
     *
     * @param path the file, or null for {@code /dev/null}
     * @return this builder
     */
    public Builder stdinPath(@Nullable Path path) {
      stdinPath = path;
      return this;
    }

    /**
     * Names the file that takes the standard output of the job.
     *
     * @param path the file, or null for the executor's choice
     * @return this builder
     */
    public Builder stdoutPath(@Nullable Path path) {
      stdoutPath = path;
      return this;
    }

    /**
     * Names the file that takes the standard error of the job.
     *
     * @param path the file, or null for the executor's choice
     * @return this builder
     */
    public Builder stderrPath(@Nullable Path path) {
      stderrPath = path;
      return this;
    }

    /**
     * Says what the job needs to run on.
     *
     * @param spec the resources, or null for one process on one node
     * @return this builder
     */
    public Builder resources(@Nullable ResourceSpec spec) {
      resources = spec;
      return this;
    }

    /**
     * Says how the job is to be treated by a scheduler.
     *
     * @param values the attributes, or null for the default ones
     * @return this builder
     */
    public Builder attributes(@Nullable JobAttributes values) {
      attributes = values == null ? NO_ATTRIBUTES : values;
      return this;
    }

    /**
     * Names the script that is sourced before the launcher is started.
     *
     * @param script the script, or null for none
     * @return this builder
     */
    public Builder preLaunch(@Nullable Path script) {
      preLaunch = script;
      return this;
    }

    /**
     * Names the script that is sourced after all processes of the job have ended.
     *
     * @param script the script, or null for none
     * @return this builder
     */
    public Builder postLaunch(@Nullable Path script) {
      postLaunch = script;
      return this;
    }

    /**
     * Names the launcher that starts the processes of the job.
     *
     * @param launcherName the name, or null for {@link Launcher#DEFAULT_LAUNCHER_NAME}
     * @return this builder
     */
    public Builder launcher(@Nullable String launcherName) {
      launcher = launcherName;
      return this;
    }

    /**
     * Says which files are brought in before the job runs.
     *
     * @param files the files
     * @return this builder
     */
    public Builder stageIn(StageIn... files) {
      return stageIn(Arrays.asList(files));
    }

    /**
     * Says which files are brought in before the job runs.
     *
     * @param files the files
     * @return this builder
     */
    public Builder stageIn(Collection<StageIn> files) {
      stageIn = new ArrayList<>(files);
      return this;
    }

    /**
     * Says which files are taken out after the job has ended.
     *
     * @param files the files
     * @return this builder
     */
    public Builder stageOut(StageOut... files) {
      return stageOut(Arrays.asList(files));
    }

    /**
     * Says which files are taken out after the job has ended.
     *
     * @param files the files
     * @return this builder
     */
    public Builder stageOut(Collection<StageOut> files) {
      stageOut = new ArrayList<>(files);
      return this;
    }

    /**
     * Says which files and folders are removed after stage-out.
     *
     * @param paths paths inside the working directory
     * @return this builder
     */
    public Builder cleanup(Path... paths) {
      return cleanup(Arrays.asList(paths));
    }

    /**
     * Says which files and folders are removed after stage-out.
     *
     * @param paths paths inside the working directory
     * @return this builder
     */
    public Builder cleanup(Collection<Path> paths) {
      cleanup = new ArrayList<>(paths);
      return this;
    }

    /**
     * Says after which ends of the job files are removed.
     *
     * @param flags the flags; none for never
     * @return this builder
     */
    public Builder cleanupFlags(StageOutFlags... flags) {
      return cleanupFlags(Arrays.asList(flags));
    }

    /**
     * Says after which ends of the job files are removed.
     *
     * @param flags the flags, such as {@link StageOutFlags#ALWAYS}; empty for never
     * @return this builder
     */
    public Builder cleanupFlags(Collection<StageOutFlags> flags) {
      cleanupFlags = Set.copyOf(flags);
      return this;
    }

    /**
     * Says what holds where nothing is given, now or later: what this builder is given always goes
     * before. Environment variables and custom attributes are taken one by one, as are the fields
     * of resources and attributes. Of the three counts that {@link ResourceSpecV1} ties together,
     * none is taken where two are given. Arguments belong to an executable: they are not taken for
     * another one. Null and empty collections count as not given; a flag, a duration or clean-up
     * flags count as given even if they are what holds by default. Of several such calls the
     * earlier goes before.
     *
     * @param values the values that hold where nothing is given
     * @return this builder
     * @throws InvalidJobException if defaults given before do not go together with these
     */
    public Builder defaults(JobSpec values) {
      defaults = defaults == null ? values : defaults.toBuilder().over(values).build();
      return this;
    }

    private Builder over(JobSpec base) {
      Builder merged = base.toBuilder();
      merged.executable = either(executable, base.executable);
      merged.arguments = executable == null && arguments.isEmpty() ? base.arguments : arguments;
      merged.directory = either(directory, base.directory);
      merged.name = either(name, base.name);
      merged.inheritEnvironment = either(inheritEnvironment, base.inheritEnvironment);
      merged.environment.putAll(environment);
      merged.stdinPath = either(stdinPath, base.stdinPath);
      merged.stdoutPath = either(stdoutPath, base.stdoutPath);
      merged.stderrPath = either(stderrPath, base.stderrPath);
      merged.resources = resources == null ? base.resources : resources.over(base.resources);
      merged.attributes = attributes.over(base.attributes);
      merged.preLaunch = either(preLaunch, base.preLaunch);
      merged.postLaunch = either(postLaunch, base.postLaunch);
      merged.launcher = either(launcher, base.launcher);
      merged.stageIn = stageIn.isEmpty() ? base.stageIn : stageIn;
      merged.stageOut = stageOut.isEmpty() ? base.stageOut : stageOut;
      merged.cleanup = cleanup.isEmpty() ? base.cleanup : cleanup;
      merged.cleanupFlags = either(cleanupFlags, base.cleanupFlags);
      return merged;
    }

    /**
     * Creates the specification.
     *
     * @return the specification
     * @throws InvalidJobException if a value is wrong in itself; the message names the field
     */
    public JobSpec build() {
      return new JobSpec(defaults == null ? this : over(defaults));
    }
  }
}
