package org.psij.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long to wait: a plain number means seconds, anything else is read as a walltime. */
final class TimeoutConverter implements ITypeConverter<Duration> {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  /** A century; beyond some hundred million years there is no date. */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private final JobOptions.WalltimeConverter walltime = new JobOptions.WalltimeConverter();

  @Override
  public Duration convert(String value) {
    Duration time = walltime.convert(NUMBER.matcher(value).matches() ? value + " s" : value);
    if (time.compareTo(LONGEST) > 0) {
      throw new TypeConversionException(
          "expected at most " + LONGEST.toDays() + "d, was '" + value + "'");
    }
    return time;
  }
}
