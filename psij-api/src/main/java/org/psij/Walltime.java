package org.psij;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in which people, psij-python and Slurm write a duration. */
final class Walltime {
  private static final String MINUTES_AND_SECONDS =
      "(?::(?<minutes>[0-5]?[0-9])(?::(?<seconds>[0-5]?[0-9]))?)";

  private static final Pattern MINUTES = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CLOCK =
      Pattern.compile("(?<hours>[0-9]{1,18})" + MINUTES_AND_SECONDS);
  private static final Pattern DAYS =
      Pattern.compile(
          "(?<days>[0-9]{1,18})-(?<hours>[01]?[0-9]|2[0-3])" + MINUTES_AND_SECONDS + "?");

  private static final String NUMBER = "([0-9]{1,19}(?:\\.[0-9]{1,18})?(?:[eE][+-]?[0-9]{1,2})?)";

  /** Each unit at most once, the greater ones first; a group of its own for each number. */
  private static final Pattern AMOUNTS =
      Pattern.compile(
          "(?=[0-9])(?:N ?y)?(?: ?N ?M)?(?: ?N ?d)?(?: ?N ?h)?(?: ?N ?m)?(?: ?N ?s)?(?: ?N ?ms)?"
              .replace("N", NUMBER));

  /** Years and months as conventions: 365 and 30 days. In the order of {@link #AMOUNTS}. */
  private static final List<BigDecimal> SECONDS =
      List.of(
          BigDecimal.valueOf(365 * 86_400L),
          BigDecimal.valueOf(30 * 86_400L),
          BigDecimal.valueOf(86_400),
          BigDecimal.valueOf(3_600),
          BigDecimal.valueOf(60),
          BigDecimal.ONE,
          new BigDecimal("0.001"));

  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

  private Walltime() {}

  /** Returns null if the text is in none of the known forms. */
  static @Nullable Duration parse(String text) {
    try {
      if (MINUTES.matcher(text).matches()) {
        return Duration.ofMinutes(Long.parseLong(text));
      }
      Matcher clock = CLOCK.matcher(text);
      if (clock.matches()) {
        return clock(clock);
      }
      Matcher days = DAYS.matcher(text);
      if (days.matches()) {
        return clock(days).plusDays(number(days, "days"));
      }
      Matcher amounts = AMOUNTS.matcher(text);
      return amounts.matches() ? sum(amounts) : null;
    } catch (ArithmeticException | DateTimeException e) {
      return null; // more seconds than a Duration holds
    }
  }

  private static Duration clock(Matcher clock) {
    return Duration.ofHours(number(clock, "hours"))
        .plusMinutes(number(clock, "minutes"))
        .plusSeconds(number(clock, "seconds"));
  }

  private static long number(Matcher clock, String group) {
    String digits = clock.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Duration sum(Matcher amounts) {
    BigDecimal seconds = BigDecimal.ZERO;
    for (int i = 0; i < SECONDS.size(); i++) {
      String number = amounts.group(i + 1);
      if (number != null) {
        seconds = seconds.add(new BigDecimal(number).multiply(SECONDS.get(i)));
      }
    }
    BigInteger nanos =
        seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).toBigIntegerExact();
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
