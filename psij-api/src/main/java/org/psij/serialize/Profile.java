package org.psij.serialize;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobSpec;

/**
 * A named set of defaults for jobs, with what it extends put together. Immutable.
 *
 * @see Profiles
 */
public final class Profile {
  private final String name;
  private final Path file;
  private final @Nullable String executor;
  private final JobSpec defaults;

  Profile(String name, Path file, @Nullable String executor, JobSpec defaults) {
    this.name = name;
    this.file = file;
    this.executor = executor;
    this.defaults = defaults;
  }

  /**
   * Tells under which name the profile is asked for.
   *
   * @return the name: letters, digits, and {@code . _ + -}
   */
  public String getName() {
    return name;
  }

  /**
   * Tells which file the profile comes from.
   *
   * @return the path of the file, as it was given
   */
  public Path getFile() {
    return file;
  }

  /**
   * Tells where jobs with this profile are meant to run.
   *
   * @return the name of the executor, or null if the profile names none
   */
  public @Nullable String getExecutor() {
    return executor;
  }

  /**
   * Tells what holds for a job that does not say otherwise.
   *
   * @return a specification, in general of no complete job
   */
  public JobSpec getDefaults() {
    return defaults;
  }

  /**
   * Makes this profile the defaults of a job. What the builder has been given, or will be, goes
   * before: see {@link JobSpec.Builder#defaults}. The executor is not part of a specification.
   *
   * @param builder the builder
   * @throws InvalidJobException if defaults that the builder has already do not go together with
   *     these
   */
  public void applyTo(JobSpec.Builder builder) {
    builder.defaults(defaults);
  }

  /**
   * Writes the profile down, with what it extends put together, as it could stand in a file. Values
   * of environment variables are included.
   *
   * @return a JSON object, of several lines
   */
  public String toJson() {
    ProfileValues values = new ProfileValues();
    values.set(executor, List.of(), defaults);
    return values.toString();
  }

  /**
   * Describes the profile for a log, without values of environment variables.
   *
   * @return the description
   */
  @Override
  public String toString() {
    return "Profile[" + name + " of " + file + ", executor=" + executor + ", " + defaults + "]";
  }
}
