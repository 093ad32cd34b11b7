package org.psij.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads how long to wait: a plain number means seconds, anything else is read as a walltime. */
final class TimeoutConverter implements ITypeConverter<Duration> {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  private final JobOptions.WalltimeConverter walltime = new JobOptions.WalltimeConverter();

  @Override
  public Duration convert(String value) {
    return walltime.convert(NUMBER.matcher(value).matches() ? value + " s" : value);
  }
}
