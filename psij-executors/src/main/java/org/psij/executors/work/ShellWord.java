package org.psij.executors.work;

/** Quotes values for the text of a POSIX shell script. */
public final class ShellWord {
  private ShellWord() {}

  /**
   * Quotes a value such that the shell takes it for one word, character by character.
   *
   * @param value the value, without NUL
   * @return the quoted word
   */
  public static String quote(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
