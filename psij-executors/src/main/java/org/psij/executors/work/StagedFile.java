package org.psij.executors.work;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;

/** The submitter's side of a staged file, which must be on this machine. */
final class StagedFile {
  /** The only scheme; a location may also have none. */
  static final String SCHEME = "file";

  private StagedFile() {}

  static boolean canBe(URI location) {
    return complaint(location) == null && location.getPath() != null;
  }

  /**
   * Names the file of a location.
   *
   * @throws InvalidJobException if it is not on this machine, with the name of the field
   */
  static Path of(String field, URI location, Path submitterDirectory) {
    String complaint = complaint(location);
    if (complaint != null) {
      throw new InvalidJobException(field, complaint + ", was '" + location + "'");
    }
    return submitterDirectory.resolve(location.getPath());
  }

  private static @Nullable String complaint(URI location) {
    String scheme = location.getScheme();
    String host = location.getHost();
    boolean local =
        (scheme == null || scheme.equalsIgnoreCase(SCHEME))
            && (host == null || host.equalsIgnoreCase("localhost"))
            && location.getPort() < 0
            && location.getUserInfo() == null
            && (host != null || location.getAuthority() == null);
    if (!local) {
      return "only files of this machine can be staged";
    }
    return location.getQuery() != null || location.getFragment() != null
        ? "a query or fragment means nothing for a file"
        : null;
  }
}
