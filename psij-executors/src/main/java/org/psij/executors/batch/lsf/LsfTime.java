package org.psij.executors.batch.lsf;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as {@code bjobs -o} prints them, in UTC: {@code Nov 22 07:13}, without the year, which is
 * the last one in which the time is not to come; a letter behind it tells how sure LSF is. Safe for
 * use by many threads.
 */
final class LsfTime {
  private static final Pattern TIME =
      Pattern.compile(
          "(?<month>[A-Z][a-z]{2}) +(?<day>\\d{1,2}) +(?<hour>\\d{2}):(?<minute>\\d{2})"
              + "(?::(?<second>\\d{2}))?(?: +(?<year>\\d{4}))?(?: +[A-Z])?");

  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ROOT);

  /** The clock of the server may be ahead. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final InstantSource clock;

  /**
   * Reads times of the past.
   *
   * @param clock tells the present time
   */
  LsfTime(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Reads a time.
   *
   * @param text the text, or null
   * @return the time, or null if there is none
   */
  @Nullable Instant read(@Nullable String text) {
    Matcher time = TIME.matcher(text == null ? "" : text);
    if (!time.matches()) {
      return null;
    }
    if (time.group("year") != null) {
      return inYear(time, Integer.parseInt(time.group("year")));
    }
    Instant latest = clock.instant().plus(AHEAD);
    int year = latest.atOffset(ZoneOffset.UTC).getYear();
    Instant thisYear = inYear(time, year);
    return thisYear != null && !thisYear.isAfter(latest) ? thisYear : inYear(time, year - 1);
  }

  private static @Nullable Instant inYear(Matcher time, int year) {
    try {
      TemporalAccessor month = MONTH.parse(time.group("month"));
      return LocalDateTime.of(
              year,
              month.get(ChronoField.MONTH_OF_YEAR),
              Integer.parseInt(time.group("day")),
              Integer.parseInt(time.group("hour")),
              Integer.parseInt(time.group("minute")),
              time.group("second") == null ? 0 : Integer.parseInt(time.group("second")))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
