package org.psij.serialize;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobSpec;
import org.psij.PsijException;

/**
 * A file of profiles that can be changed. A change keeps everything else in the file, comments
 * included; it is made in a file beside it, which then takes its place, and which keeps others from
 * changing the file meanwhile. Safe for use by many threads and processes.
 *
 * @see Profiles
 */
public final class ProfileFile {
  private final Path path;
  private final List<Path> earlier;

  ProfileFile(Path path, List<Path> earlier) {
    this.path = path;
    this.earlier = earlier;
  }

  /**
   * Names the file of this user: {@code $XDG_CONFIG_HOME/psij/profiles.json}, {@code
   * ~/.config/psij/profiles.json} unless that variable has an absolute path (XDG Base Directory
   * Specification).
   *
   * @return the file, which need not exist
   */
  public static ProfileFile ofUser() {
    String configured = System.getenv("XDG_CONFIG_HOME");
    Path folder =
        configured != null && configured.startsWith("/")
            ? Path.of(configured)
            : Path.of(System.getProperty("user.home"), ".config");
    return new ProfileFile(folder.resolve("psij").resolve("profiles.json"), List.of());
  }

  /**
   * Names the file of a project: {@code .psij/profiles.json} in the current directory. Folders
   * above are not looked at: others may write there. Its profiles may extend those of {@link
   * #ofUser}.
   *
   * @return the file, which need not exist
   */
  public static ProfileFile ofProject() {
    Path path = Path.of(".psij", "profiles.json").toAbsolutePath();
    return new ProfileFile(path, List.of(ofUser().path));
  }

  /**
   * Tells where the file is.
   *
   * @return its absolute path
   */
  public Path getPath() {
    return path;
  }

  void requireTrusted() {
    try {
      FileOwner.requireTrusted(path);
    } catch (IOException e) {
      throw new PsijException("Profiles of " + path + " are not used: " + e.getMessage(), e);
    }
  }

  /**
   * Sets values of a profile, and keeps what else it says. Makes the profile, the file and its
   * folder (for this user only) if there are none.
   *
   * @param name the name of the profile: letters, digits, and {@code . _ + -}
   * @param executor the name of the executor, or null for the one that it has
   * @param parents the profiles that it extends; none for those that it has
   * @param values the other values, where they are given
   * @throws InvalidJobException if the profile has comments inside, which would be lost, or if
   *     there would be something wrong with it, or with one that extends it, or if the file is
   *     broken
   * @throws PsijException if the file cannot be read or written
   */
  public void set(
      String name, @Nullable String executor, Collection<String> parents, JobSpec values) {
    ProfileReader.requireName(name);
    change(
        document -> {
          ProfileText text = new ProfileText(document.text());
          if (text.hasComments(name)) {
            throw new InvalidJobException(
                null,
                "Profile '" + name + "' has comments inside that would be lost: edit " + path);
          }
          ProfileValues merged = new ProfileValues(document.profile(name));
          merged.set(executor, parents, values);
          return text.with(name, merged.toString());
        });
  }

  /**
   * Removes a profile, with the comments inside.
   *
   * @param name the name of the profile
   * @throws IllegalArgumentException if there is none of that name in this file; the message lists
   *     what there is
   * @throws InvalidJobException if another profile extends it, or if the file is broken
   * @throws PsijException if the file cannot be read or written
   */
  public void remove(String name) {
    requireProfile(ProfileDocument.read(path), name);
    change(
        document -> {
          requireProfile(document, name);
          return new ProfileText(document.text()).without(name);
        });
  }

  private static void requireProfile(ProfileDocument document, String name) {
    if (!document.has(name)) {
      throw new IllegalArgumentException(
          "No profile '"
              + name
              + "' in "
              + document.file()
              + "; known there: "
              + Profiles.listed(document.names()));
    }
  }

  private void change(Function<ProfileDocument, String> edit) {
    try {
      Path target = Files.exists(path) ? path.toRealPath() : path; // a link stays one
      Path folder = target.resolveSibling("");
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path replacement = target.resolveSibling(target.getFileName() + ".lock");
      try (FileChannel out = create(replacement)) {
        boolean isInPlace = false;
        try {
          out.write(ByteBuffer.wrap(changed(edit).getBytes(StandardCharsets.UTF_8)));
          out.force(true);
          if (Files.exists(target)) {
            Files.setPosixFilePermissions(replacement, Files.getPosixFilePermissions(target));
          }
          Files.move(replacement, target, StandardCopyOption.ATOMIC_MOVE);
          isInPlace = true;
        } finally {
          if (!isInPlace) { // else the next one may have made it anew
            Files.deleteIfExists(replacement);
          }
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new PsijException(
          "Somebody else is changing " + path + "; if nobody is, remove " + e.getFile(), e);
    } catch (IOException e) {
      throw new PsijException("Cannot change " + path + ": " + e, e);
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private String changed(Function<ProfileDocument, String> edit) {
    Map<String, Profile> known = Profiles.load(earlier).byName();
    ProfileDocument document = ProfileDocument.read(path);
    new ProfileReader(document, known).readAll();
    String text = edit.apply(document);
    try {
      new ProfileReader(new ProfileDocument(path, text), known).readAll();
    } catch (ProfileException e) {
      throw new InvalidJobException(null, path + " is left as it is: " + e.problem(), e);
    }
    return text;
  }
}
