package org.psij;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in which people and psij-python write a duration. */
final class Walltime {
  private static final Pattern CLOCK =
      Pattern.compile("(?<hours>[0-9]{1,18}):(?<minutes>[0-9]{1,2})(?::(?<seconds>[0-9]{1,2}))?");
  private static final Pattern MINUTES = Pattern.compile("[0-9]{1,18}");
  private static final Pattern AMOUNT =
      Pattern.compile(
          "(?<number>[0-9]{1,19}(?:\\.[0-9]{1,18})?(?:[eE][+-]?[0-9]{1,2})?) ?"
              + "(?<unit>y|M|d|h|m|s|ms)");

  /** Years and months as conventions: 365 and 30 days. */
  private static final Map<String, BigDecimal> SECONDS =
      Map.of(
          "y", BigDecimal.valueOf(365 * 86_400L),
          "M", BigDecimal.valueOf(30 * 86_400L),
          "d", BigDecimal.valueOf(86_400),
          "h", BigDecimal.valueOf(3_600),
          "m", BigDecimal.valueOf(60),
          "s", BigDecimal.ONE,
          "ms", new BigDecimal("0.001"));

  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

  private Walltime() {}

  /** Returns null if the text is in none of the known forms. */
  static @Nullable Duration parse(String text) {
    try {
      Matcher clock = CLOCK.matcher(text);
      if (clock.matches()) {
        return clock(clock);
      }
      if (MINUTES.matcher(text).matches()) {
        return Duration.ofMinutes(Long.parseLong(text));
      }
      Matcher amount = AMOUNT.matcher(text);
      return amount.matches() ? amount(amount) : null;
    } catch (ArithmeticException | DateTimeException e) {
      return null; // more seconds than a Duration holds
    }
  }

  private static @Nullable Duration clock(Matcher clock) {
    int minutes = Integer.parseInt(clock.group("minutes"));
    String secondsText = clock.group("seconds");
    int seconds = secondsText == null ? 0 : Integer.parseInt(secondsText);
    if (minutes > 59 || seconds > 59) {
      return null;
    }
    return Duration.ofHours(Long.parseLong(clock.group("hours")))
        .plusMinutes(minutes)
        .plusSeconds(seconds);
  }

  private static Duration amount(Matcher amount) {
    BigDecimal unit = SECONDS.get(amount.group("unit"));
    BigInteger nanos =
        new BigDecimal(amount.group("number"))
            .multiply(unit)
            .movePointRight(9)
            .setScale(0, RoundingMode.HALF_UP)
            .toBigIntegerExact();
    BigInteger[] parts = nanos.divideAndRemainder(BILLION);
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].intValueExact());
  }

  /** {@code hh:mm:ss} for whole seconds, otherwise {@code N.f s}. */
  static String format(Duration duration) {
    long seconds = duration.getSeconds();
    if (duration.getNano() == 0) {
      return twoDigits(seconds / 3600)
          + ":"
          + twoDigits(seconds / 60 % 60)
          + ":"
          + twoDigits(seconds % 60);
    }
    return BigDecimal.valueOf(seconds)
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros()
            .toPlainString()
        + " s";
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
