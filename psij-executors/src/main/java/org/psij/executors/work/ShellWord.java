package org.psij.executors.work;

import java.util.regex.Pattern;

/** Quotes values for the text of a POSIX shell script. */
public final class ShellWord {
  /**
   * Where a scheduler would see something in the lines of a script that is not meant for it: a line
   * that begins with a hash, wherever in the script it stands, and a DOS line break.
   */
  private static final Pattern SEAM = Pattern.compile("(?<=\n)(?=[ \t]*#)|(?<=\r)(?=\n)");

  private ShellWord() {}

  /**
   * Quotes a value such that the shell takes it for one word, character by character, and that
   * nobody takes a line of it for a directive.
   *
   * @param value the value, without NUL
   * @return the quoted word
   */
  public static String quote(String value) {
    String quoted = value.replace("'", "'\\''");
    return "'" + SEAM.matcher(quoted).replaceAll("''") + "'";
  }
}
