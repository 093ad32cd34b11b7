package org.psij.executors.work;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Times as scripts write them: seconds since 1970 with a fraction, such as {@code 1700000000.25}.
 */
public final class EpochSeconds {
  private static final int LONGEST = 24;

  private EpochSeconds() {}

  /**
   * Reads a time.
   *
   * @param text the seconds
   * @return the time, cut to nanoseconds
   * @throws IllegalArgumentException if this is no time
   */
  public static Instant parse(String text) {
    if (text.length() > LONGEST || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      throw new IllegalArgumentException("no seconds since 1970: " + text.length() + " characters");
    }
    BigDecimal[] parts = new BigDecimal(text).divideAndRemainder(BigDecimal.ONE);
    return Instant.ofEpochSecond(parts[0].longValue(), parts[1].movePointRight(9).longValue());
  }

  /**
   * Writes a time.
   *
   * @param time the time
   * @return its seconds, with nine digits behind the point
   */
  public static String format(Instant time) {
    return String.format("%d.%09d", time.getEpochSecond(), time.getNano());
  }
}
