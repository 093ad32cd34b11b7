package org.psij.spi;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is to know about one registered plug-in, broken ones included. Immutable. */
public final class PluginInfo {
  private final String name;
  private final String version;
  private final Set<String> aliases;
  private final String location;
  private final @Nullable String problem;

  /**
   * Creates a description.
   *
   * @param name the name of the plug-in, or of its provider class if not even that could be loaded
   * @param version the version, empty if not known
   * @param aliases further names
   * @param location the file or folder that it comes from
   * @param problem why it cannot be used, or null if it can
   */
  public PluginInfo(
      String name, String version, Set<String> aliases, String location, @Nullable String problem) {
    this.name = Objects.requireNonNull(name, "name");
    this.version = Objects.requireNonNull(version, "version");
    this.aliases = Set.copyOf(aliases);
    this.location = Objects.requireNonNull(location, "location");
    this.problem = problem;
  }

  /**
   * Names the plug-in.
   *
   * @return the name
   */
  public String getName() {
    return name;
  }

  /**
   * Tells its version.
   *
   * @return the version, empty if not known
   */
  public String getVersion() {
    return version;
  }

  /**
   * Lists its further names.
   *
   * @return the aliases; cannot be modified
   */
  public Set<String> getAliases() {
    return aliases;
  }

  /**
   * Tells where it comes from.
   *
   * @return a file or folder
   */
  public String getLocation() {
    return location;
  }

  /**
   * Tells why it cannot be used.
   *
   * @return the problem, or null if there is none
   */
  public @Nullable String getProblem() {
    return problem;
  }

  @Override
  public String toString() {
    return name + " " + version + " from " + location + (problem == null ? "" : ": " + problem);
  }
}
