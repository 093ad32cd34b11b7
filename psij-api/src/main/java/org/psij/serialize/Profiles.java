package org.psij.serialize;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.psij.InvalidJobException;
import org.psij.JobSpec;
import org.psij.PsijException;

/**
 * Named sets of defaults for jobs, from files that people write. Immutable.
 *
 * <pre>{@code
 * {
 *   "profiles": {
 *     "base": {"attributes": {"account": "climate"}},
 *     "large": {
 *       "extends": "base", // or a list, of which later ones go before earlier ones
 *       "executor": "slurm",
 *       "launcher": "mpirun",
 *       "resources": {"node_count": 8, "processes_per_node": 16},
 *       "environment": {"OMP_NUM_THREADS": "4"}
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>A profile has the form of a {@link JobSpec} ({@code docs/job-spec.schema.json}; the {@code
 * __version} of the resources may be left out), with {@code extends} and {@code executor} besides.
 * Comments begin with two slashes or {@code #}, or stand between {@code /*} and its counterpart. A
 * profile takes from those that it extends what it does not say itself, as {@link
 * JobSpec.Builder#defaults} has it.
 *
 * <p>A profile replaces one of the same name from an earlier file. It can extend those of its own
 * file and of earlier ones; one that extends its own name means that of an earlier file. So a file
 * means the same whatever comes after it.
 */
public final class Profiles {
  private final Map<String, Profile> profiles;

  private Profiles(Map<String, Profile> profiles) {
    this.profiles = Collections.unmodifiableMap(profiles);
  }

  /**
   * Reads profiles.
   *
   * @param files the files; one that does not exist has none
   * @return the profiles of all
   * @throws InvalidJobException if a file is broken; the message names file, line, column and field
   * @throws PsijException if a file cannot be read
   */
  public static Profiles load(Path... files) {
    return load(Arrays.asList(files));
  }

  /**
   * Reads profiles.
   *
   * @param files the files; one that does not exist has none
   * @return the profiles of all
   * @throws InvalidJobException if a file is broken; the message names file, line, column and field
   * @throws PsijException if a file cannot be read
   */
  public static Profiles load(Collection<Path> files) {
    Map<String, Profile> profiles = new LinkedHashMap<>();
    for (Path file : files) {
      profiles.putAll(new ProfileReader(ProfileDocument.read(file), profiles).readAll());
    }
    return new Profiles(profiles);
  }

  /**
   * Reads the profiles of this user, and then those of the project in the current directory: those
   * that the {@code psij} command knows.
   *
   * @return the profiles of both files
   * @throws InvalidJobException if a file is broken; the message names file, line, column and field
   * @throws PsijException if a file cannot be read, or if that of the project, or its folder,
   *     belongs to somebody other than this user and root
   */
  public static Profiles loadDefaultFiles() {
    ProfileFile project = ProfileFile.ofProject();
    project.requireTrusted();
    return load(ProfileFile.ofUser().getPath(), project.getPath());
  }

  /**
   * Lists the profiles.
   *
   * @return their names, in the order of the files; cannot be modified
   */
  public Set<String> names() {
    return profiles.keySet();
  }

  /**
   * Looks up a profile.
   *
   * @param name its name
   * @return the profile
   * @throws IllegalArgumentException if there is none of that name; the message lists what there is
   */
  public Profile get(String name) {
    Profile profile = profiles.get(name);
    if (profile == null) {
      throw new IllegalArgumentException("No profile '" + name + "'; known: " + listed(names()));
    }
    return profile;
  }

  /**
   * Makes a profile the defaults of a job. What the builder has been given, or will be, goes
   * before: see {@link JobSpec.Builder#defaults}.
   *
   * @param name the name of the profile
   * @param builder the builder
   * @throws IllegalArgumentException if there is no profile of that name; the message lists what
   *     there is
   * @throws InvalidJobException if defaults that the builder has already do not go together with
   *     these
   */
  public void applyTo(String name, JobSpec.Builder builder) {
    get(name).applyTo(builder);
  }

  Map<String, Profile> byName() {
    return profiles;
  }

  /** What there is, for the message that something else is not. */
  static String listed(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  @Override
  public String toString() {
    return "Profiles" + names();
  }
}
