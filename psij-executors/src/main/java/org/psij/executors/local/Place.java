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
 * @param namespace differs between containers on one machine
 */
record Place(String host, String boot, String namespace) {
  private static final String UNKNOWN = "-";

  /** The files of {@code random(4)}, {@code pid_namespaces(7)} and {@code proc(5)}. */
  private static final Place HERE =
      new Place(
          line("/proc/sys/kernel/hostname"),
          line("/proc/sys/kernel/random/boot_id"),
          namespaceHere());

  static Place here() {
    return HERE;
  }

  /**
   * Tells whether what ran in this place can be judged here: it is the same one, or it is gone
   * since the machine was started again. What runs in another container of the machine cannot be
   * seen.
   */
  boolean isKnownHere() {
    return equals(HERE) || (host.equals(HERE.host) && !boot.equals(HERE.boot));
  }

  private static String line(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip().replace(' ', '_');
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String namespaceHere() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return UNKNOWN;
    }
  }

  static Place parse(String text) {
    String[] words = text.split(" ", 3);
    return new Place(
        words[0], words.length > 1 ? words[1] : UNKNOWN, words.length > 2 ? words[2] : UNKNOWN);
  }

  @Override
  public String toString() {
    return host + " " + boot + " " + namespace;
  }
}
