package org.psij.serialize;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/** Tells whether a file of the current directory was put there by somebody else. */
final class FileOwner {
  private FileOwner() {}

  /**
   * Refuses a file if it, its folder, or a symbolic link in place of either belongs to somebody
   * other than this user and root. In a folder such as {@code /tmp} anybody can leave a file.
   *
   * @throws IOException if so, or if that cannot be told; the message says whose it is
   */
  static void requireTrusted(Path file) throws IOException {
    for (Path place : List.of(file.resolveSibling(""), file)) {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        requireOwner(place, LinkOption.NOFOLLOW_LINKS);
      }
      if (Files.exists(place)) {
        requireOwner(place);
      }
    }
  }

  private static void requireOwner(Path place, LinkOption... options) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    UserPrincipal owner = Files.getOwner(place, options);
    boolean isRoots = Integer.valueOf(0).equals(Files.getAttribute(place, "unix:uid", options));
    if (!isRoots && !owner.equals(me())) {
      throw new IOException(place + " belongs to " + owner.getName() + ", and not to you or root");
    }
  }

  /** By the kernel's word, where there is one: a container may have no name for its user. */
  private static UserPrincipal me() throws IOException {
    Path process = Path.of("/proc/self");
    return Files.isDirectory(process)
        ? Files.getOwner(process)
        : FileSystems.getDefault()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
  }
}
