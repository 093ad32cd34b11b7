package org.psij.executors.batch.slurm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;

/** How Slurm writes times. */
final class SlurmTime {
  /** Slurm counts the seconds of a time limit in 32 bits. */
  private static final Duration LONGEST = Duration.ofDays(24_000);

  /** A listing has one for each job: no general parser is as fast as this form allows. */
  private static final String FORM = "0000-00-00T00:00:00";

  private SlurmTime() {}

  /**
   * Writes a time limit as sbatch(1) takes it, rounded up to minutes as Slurm does.
   *
   * @param duration the time limit
   * @return days, hours, minutes and seconds
   * @throws InvalidJobException if it is zero, which would mean no limit, or too long
   */
  static String limit(Duration duration) {
    if (duration.isZero()) {
      throw new InvalidJobException(
          "attributes.duration", "a time limit of 0 would be none at all in Slurm");
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw new InvalidJobException(
          "attributes.duration",
          "must not be longer than " + LONGEST.toDays() + " days in Slurm, was " + duration);
    }
    long minutes = duration.plusMinutes(1).minusNanos(1).toMinutes();
    return String.format(
        Locale.ROOT, "%d-%02d:%02d:00", minutes / 1440, minutes / 60 % 24, minutes % 60);
  }

  /**
   * Reads a time that a command printed in UTC.
   *
   * @param text a time, or a word such as {@code Unknown} or {@code N/A}
   * @return the time, or null if there is none
   */
  static @Nullable Instant read(String text) {
    String time = text.strip();
    if (!hasForm(time)) {
      return null;
    }
    try {
      return LocalDateTime.of(
              number(time, 0, 4),
              number(time, 5, 7),
              number(time, 8, 10),
              number(time, 11, 13),
              number(time, 14, 16),
              number(time, 17, 19))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  private static boolean hasForm(String time) {
    if (time.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char character = time.charAt(i);
      boolean isDigit = character >= '0' && character <= '9';
      if (FORM.charAt(i) == '0' ? !isDigit : character != FORM.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int number(String time, int start, int end) {
    return Integer.parseInt(time, start, end, 10);
  }
}
