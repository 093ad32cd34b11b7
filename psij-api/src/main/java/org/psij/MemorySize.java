package org.psij;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways in which people write an amount of memory. */
final class MemorySize {
  private static final String FIELD = "resources.memory";

  /** In the order of the powers of 1024. */
  private static final String PREFIXES = "KMGTPE";

  private static final Pattern BYTES = Pattern.compile("([0-9]{1,19})(?: ?[bB])?");
  private static final Pattern AMOUNT =
      Pattern.compile(
          "(?<number>[0-9]{1,19}(?:\\.[0-9]{1,18})?) ?(?<prefix>[KMGTPE])(?:i?B)?",
          Pattern.CASE_INSENSITIVE);

  private MemorySize() {}

  static long parse(String text) {
    BigInteger bytes = bytes(text);
    if (bytes.signum() == 0) {
      throw new InvalidJobException(FIELD, "must be at least 1 byte, was '" + text + "'");
    }
    if (bytes.bitLength() >= Long.SIZE) {
      throw new InvalidJobException(FIELD, "must be less than 8 EiB, was '" + text + "'");
    }
    return bytes.longValueExact();
  }

  private static BigInteger bytes(String text) {
    Matcher bytes = BYTES.matcher(text);
    if (bytes.matches()) {
      return new BigInteger(bytes.group(1));
    }
    Matcher amount = AMOUNT.matcher(text);
    if (amount.matches()) {
      return new BigDecimal(amount.group("number"))
          .multiply(new BigDecimal(unit(amount.group("prefix"))))
          .setScale(0, RoundingMode.UP)
          .toBigIntegerExact();
    }
    throw new InvalidJobException(
        FIELD,
        "expected a whole number of bytes, or a number and one of K, M, G, T, P, E (powers of"
            + " 1024), such as 512M, 2.5 GiB or 4GB, was '"
            + text
            + "'");
  }

  private static BigInteger unit(String prefix) {
    int power = 1 + PREFIXES.indexOf(prefix.toUpperCase(Locale.ROOT));
    return BigInteger.ONE.shiftLeft(10 * power);
  }
}
