package org.psij.executors.batch;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a command of a scheduler printed and returned. Immutable. */
public final class CommandResult {
  private static final int LONGEST_COMPLAINT = 2000;

  private final List<String> command;
  private final int exitCode;
  private final String stdout;
  private final String stderr;
  private final Duration took;

  /**
   * Keeps a result.
   *
   * @param command the command and its arguments
   * @param exitCode what it returned
   * @param stdout what it printed
   * @param stderr what it printed to standard error
   * @param took how long it ran
   */
  public CommandResult(
      List<String> command, int exitCode, String stdout, String stderr, Duration took) {
    this.command = List.copyOf(command);
    this.exitCode = exitCode;
    this.stdout = stdout;
    this.stderr = stderr;
    this.took = took;
  }

  /**
   * Tells what was run.
   *
   * @return the command and its arguments
   */
  public List<String> command() {
    return command;
  }

  /**
   * Tells what the command returned.
   *
   * @return the exit code; 128 and the number of the signal if it was killed
   */
  public int exitCode() {
    return exitCode;
  }

  /**
   * Tells what the command printed.
   *
   * @return its standard output; bytes that are not UTF-8 are replaced
   */
  public String stdout() {
    return stdout;
  }

  /**
   * Tells what the command printed, line by line. Half a line is no line: the end of an id may be
   * missing in it.
   *
   * @return the lines of its standard output that have an end, without that
   */
  public List<String> wholeLines() {
    return stdout.substring(0, stdout.lastIndexOf('\n') + 1).lines().toList();
  }

  /**
   * Finds a number in what the command printed.
   *
   * @param pattern finds it; its first group is at most nine digits
   * @param problem what to say if it is not there
   * @return the number
   * @throws CommandException if the command failed, or has not printed it
   */
  public int number(Pattern pattern, String problem) {
    Matcher found = pattern.matcher(stdout);
    if (exitCode != 0 || !found.find()) {
      throw new CommandException(problem, this);
    }
    return Integer.parseInt(found.group(1));
  }

  /**
   * Tells what the command printed to standard error.
   *
   * @return its standard error; bytes that are not UTF-8 are replaced
   */
  public String stderr() {
    return stderr;
  }

  /**
   * Tells how long the command ran.
   *
   * @return the time
   */
  public Duration took() {
    return took;
  }

  /**
   * Tells what is wrong in the command's own words.
   *
   * @return its standard error, or else its standard output, without blank ends, shortened if it is
   *     very long
   */
  public String complaint() {
    return shortened(stderr.isBlank() ? stdout : stderr);
  }

  /** Gives command line, exit code, both outputs and the time taken. */
  @Override
  public String toString() {
    return "'"
        + String.join(" ", command)
        + "' returned "
        + exitCode
        + " after "
        + took.toMillis()
        + " ms; stdout: '"
        + shortened(stdout)
        + "'; stderr: '"
        + shortened(stderr)
        + "'";
  }

  /** What a command prints may be anything, and must not control the terminal that shows it. */
  private static String shortened(String text) {
    String line = text.strip();
    String shown =
        line.length() <= LONGEST_COMPLAINT ? line : line.substring(0, LONGEST_COMPLAINT) + "…";
    return shown.replaceAll("[\\p{Cc}&&[^\n\t]]", "?");
  }
}
