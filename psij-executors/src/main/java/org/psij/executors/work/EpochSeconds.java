package org.psij.executors.work;

import java.time.Instant;
import java.util.Locale;

/**
 * Times as scripts write them: seconds since 1970 with a fraction, such as {@code 1700000000.25}.
 */
public final class EpochSeconds {
  private static final int MOST_SECONDS_DIGITS = 12;
  private static final int NANO_DIGITS = 9;

  private EpochSeconds() {}

  /**
   * Reads a time.
   *
   * @param text the seconds
   * @return the time, cut to nanoseconds
   * @throws IllegalArgumentException if this is no time
   */
  public static Instant parse(String text) {
    int point = text.indexOf('.');
    int end = point < 0 ? text.length() : point;
    if (end == 0 || end > MOST_SECONDS_DIGITS) {
      throw new IllegalArgumentException("no seconds since 1970: " + text.length() + " characters");
    }
    return Instant.ofEpochSecond(digits(text, 0, end), nanos(text, end + 1));
  }

  private static long nanos(String text, int start) {
    int known = Math.min(text.length(), start + NANO_DIGITS);
    long nanos = digits(text, start, known);
    for (int missing = start + NANO_DIGITS - Math.max(known, start); missing > 0; missing--) {
      nanos *= 10;
    }
    digits(text, known, text.length());
    return nanos;
  }

  private static long digits(String text, int start, int end) {
    long number = 0;
    for (int i = start; i < end; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        throw new IllegalArgumentException("no seconds since 1970: a character is no digit");
      }
      number = 10 * number + digit - '0';
    }
    return number;
  }

  /**
   * Writes a time.
   *
   * @param time the time
   * @return its seconds, with nine digits behind the point
   */
  public static String format(Instant time) {
    return String.format(Locale.ROOT, "%d.%09d", time.getEpochSecond(), time.getNano());
  }
}
