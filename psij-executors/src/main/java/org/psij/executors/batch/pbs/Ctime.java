package org.psij.executors.batch.pbs;

import static java.util.Locale.ROOT;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** Times as {@code ctime} prints them, in UTC: {@code Sun Nov 22 00:52:18 2026}. */
final class Ctime {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("EEE MMM d HH:mm:ss yyyy")
          .toFormatter(ROOT);

  private Ctime() {}

  /**
   * Reads a time.
   *
   * @param text the text, or null
   * @return the time, or null if there is none
   */
  static @Nullable Instant read(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return LocalDateTime.parse(text.strip().replace("  ", " "), FORMAT).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
