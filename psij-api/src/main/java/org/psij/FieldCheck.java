package org.psij;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The checks that a value wrong in itself fails, with the path of its field in the message. */
final class FieldCheck {
  private static final int LONGEST_PATH = 4096;

  private FieldCheck() {}

  /** Refuses NUL and unpaired surrogates, neither of which can reach a process. */
  static String text(String field, String value) {
    refuseNul(field, value);
    return wellFormed(field, value);
  }

  static void refuseNul(String field, String value) {
    int nul = value.indexOf('\0');
    if (nul >= 0) {
      throw new InvalidJobException(field, "a NUL character at index " + nul);
    }
  }

  static String wellFormed(String field, String value) {
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < length
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!paired) {
          throw new InvalidJobException(
              field, String.format("an unpaired surrogate \\u%04x at index %d", (int) c, i));
        }
        i++;
      }
    }
    return value;
  }

  static @Nullable String nonEmptyText(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (value.isEmpty()) {
      throw new InvalidJobException(field, "must not be empty, was ''");
    }
    return text(field, value);
  }

  static @Nullable Integer positive(String field, @Nullable Integer value) {
    if (value != null && value <= 0) {
      throw new InvalidJobException(field, "must be at least 1, was " + value);
    }
    return value;
  }

  /** Environment names as {@code execve(2)} and {@code environ(7)} allow them. */
  static void environmentName(String name) {
    String field = "environment." + name.replace("\0", "\\0");
    if (name.isEmpty()) {
      throw new InvalidJobException("environment", "a name must not be empty, was ''");
    }
    if (name.indexOf('=') >= 0) {
      throw new InvalidJobException(field, "a name must not contain '=', was '" + name + "'");
    }
    text(field, name);
  }

  /**
   * Refuses a path that is no text in the locale of this process, and would become another one, and
   * one longer than {@code PATH_MAX} of limits.h(0p), which nothing on a POSIX system can open.
   */
  static @Nullable Path path(String field, @Nullable Path path) {
    if (path != null) {
      if (!isText(path)) {
        throw new InvalidJobException(
            field,
            "holds bytes that are no text in the locale of this process, was '" + path + "'");
      }
      pathLength(field, path.toString().length());
    }
    return path;
  }

  private static boolean isText(Path path) {
    String text = path.toString();
    if (isAscii(text)) {
      return true; // bytes that are no text do not become ASCII, and the rest is dear
    }
    try {
      return path.equals(path.getFileSystem().getPath(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  static void pathLength(String field, int length) {
    if (length > LONGEST_PATH) {
      throw new InvalidJobException(
          field, "a path has at most " + LONGEST_PATH + " characters, this one has " + length);
    }
  }

  static Path insideWorkingDirectory(String field, Path path) {
    path(field, path);
    Path normal = normalized(path);
    if (!path.isAbsolute() && (normal.startsWith("..") || normal.toString().isEmpty())) {
      throw new InvalidJobException(
          field, "must name something inside the working directory, was '" + path + "'");
    }
    return path;
  }

  /** The same as {@link Path#normalize}, which takes a time that grows with the square. */
  static Path normalized(Path path) {
    Deque<String> names = new ArrayDeque<>();
    for (Path element : path) {
      String name = element.toString();
      boolean isUp = name.equals("..");
      if (isUp && !names.isEmpty() && !names.getLast().equals("..")) {
        names.removeLast();
      } else if (!name.equals(".") && !(isUp && path.isAbsolute())) {
        names.addLast(name);
      }
    }
    return Path.of((path.isAbsolute() ? "/" : "") + String.join("/", names));
  }
}
