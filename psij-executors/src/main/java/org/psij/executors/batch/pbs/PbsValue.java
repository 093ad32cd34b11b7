package org.psij.executors.batch.pbs;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How PBS writes numbers, sizes and times, see pbs_resources(7B). What is no such value is null.
 */
final class PbsValue {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([kmgtp]?)([bw]?)");
  private static final Pattern TIME =
      Pattern.compile("(?:(?:([0-9]{1,7}):)?([0-9]{1,9}):)?([0-9]{1,9})");
  private static final String UNITS = "kmgtp";
  private static final int BYTES_PER_WORD = 8;

  private PbsValue() {}

  static @Nullable Integer number(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
  }

  /** Reads a size in bytes. */
  static @Nullable Long size(@Nullable String text) {
    Matcher size = SIZE.matcher(text == null ? "" : text);
    if (!size.matches()) {
      return null;
    }
    long amount = Long.parseLong(size.group(1));
    int shift = size.group(2).isEmpty() ? 0 : 10 * (UNITS.indexOf(size.group(2)) + 1);
    long unit = (1L << shift) * (size.group(3).equals("w") ? BYTES_PER_WORD : 1);
    return amount > Long.MAX_VALUE / unit ? null : Long.valueOf(amount * unit);
  }

  /** Reads hours, minutes and seconds, or seconds alone. */
  static @Nullable Duration time(@Nullable String text) {
    Matcher time = TIME.matcher(text == null ? "" : text);
    if (!time.matches()) {
      return null;
    }
    long hours = time.group(1) == null ? 0 : Long.parseLong(time.group(1));
    long minutes = time.group(2) == null ? 0 : Long.parseLong(time.group(2));
    return Duration.ofHours(hours).plusMinutes(minutes).plusSeconds(Long.parseLong(time.group(3)));
  }
}
