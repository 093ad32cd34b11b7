package org.psij.executors.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the number of a process means anything: a machine from one start of the system to the next,
 * and a container in it. Immutable.
 *
 * @param host the name of the machine or container
 * @param boot differs after the next start; the same everywhere if the system does not tell
 */
record Place(String host, String boot) {
  private static final String UNKNOWN = "-";

  /** The files of {@code random(4)}, {@code pid_namespaces(7)} and {@code proc(5)}. */
  static Place here() {
    return new Place(
        line("/proc/sys/kernel/hostname"),
        line("/proc/sys/kernel/random/boot_id") + "/" + namespace());
  }

  private static String line(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip().replace(' ', '_');
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return UNKNOWN;
    }
  }

  static Place parse(String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? new Place(text, UNKNOWN)
        : new Place(text.substring(0, space), text.substring(space + 1));
  }

  @Override
  public String toString() {
    return host + " " + boot;
  }
}
