package org.psij;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder with classes that are to be run with the rights of this process: nobody else may
 * be able to put other classes there. Access control lists are not looked at.
 */
final class PluginPlace {
  private static final int STICKY = 01000;

  private final Path place;

  PluginPlace(Path place) {
    this.place = place.toAbsolutePath();
  }

  /**
   * Refuses a place if somebody else but root may write to it, to a folder above it, or to one that
   * a symbolic link on the way leads through. Folders above may be such as {@code /tmp}, where
   * everybody may only touch what is his own.
   *
   * @throws IOException if it may be changed by others, or cannot be looked at; the message names
   *     what is wrong
   */
  void requireTrusted() throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    UserPrincipal me = me();
    requireTrusted(place, me);
    requireTrusted(place.toRealPath(), me);
  }

  private static void requireTrusted(Path path, UserPrincipal me) throws IOException {
    for (Path step = path; step != null; step = step.getParent()) {
      String problem = problem(step, me, !step.equals(path));
      if (problem != null) {
        throw new IOException("classes from " + path + " are not run: " + step + " " + problem);
      }
    }
  }

  private static @Nullable String problem(Path step, UserPrincipal me, boolean above)
      throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(step, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    boolean isRoots =
        Integer.valueOf(0).equals(Files.getAttribute(step, "unix:uid", LinkOption.NOFOLLOW_LINKS));
    if (!isRoots && !attributes.owner().equals(me)) {
      return "belongs to " + attributes.owner().getName() + ", and not to you or root";
    }
    boolean isOpen =
        attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
            || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    if (attributes.isSymbolicLink() || !isOpen || (above && isSticky(step))) {
      return null;
    }
    return "may be written to by others; take that right away with 'chmod go-w " + step + "'";
  }

  private static boolean isSticky(Path folder) throws IOException {
    return ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
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
