package org.psij;

import org.jspecify.annotations.Nullable;

/**
 * What a job needs to run on. Versions of this class describe resources in different ways; only
 * {@link ResourceSpecV1} exists so far.
 */
public abstract class ResourceSpec {
  ResourceSpec() {}

  /**
   * Tells in which way the resources are described.
   *
   * @return the version, 1 for {@link ResourceSpecV1}
   */
  public abstract int getVersion();

  /** The same, and where this leaves something open, what another specification says. */
  abstract ResourceSpec over(@Nullable ResourceSpec defaults);

  /**
   * Creates a specification in which nothing is asked for.
   *
   * @param version the version of the description; 1 is the only one
   * @return a specification of that version
   * @throws IllegalArgumentException if there is no such version
   */
  public static ResourceSpec getInstance(int version) {
    if (version != 1) {
      throw new IllegalArgumentException(
          "Unknown version of the resource specification: " + version + "; known: 1");
    }
    return ResourceSpecV1.builder().build();
  }
}
