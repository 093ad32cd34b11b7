package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psij.Refusals.refusal;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySizeTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4294967296, 4294967296",
    "9223372036854775807, 9223372036854775807",
    "0512, 512",
    "5B, 5",
    "5 b, 5",
    "1K, 1024",
    "1k, 1024",
    "1kb, 1024",
    "1KB, 1024",
    "1KiB, 1024",
    "512M, 536870912",
    "512 MB, 536870912",
    "512 mib, 536870912",
    "4G, 4294967296",
    "4GB, 4294967296",
    "4Gb, 4294967296",
    "4 GiB, 4294967296",
    "2.5g, 2684354560",
    "0.1 K, 103",
    "0.0001K, 1",
    "1T, 1099511627776",
    "2PiB, 2251799813685248",
    "7E, 8070450532247928832",
    "7.999999999999999999E, 9223372036854775807",
  })
  void readsBytesAndPowersOf1024(String text, long bytes) {
    assertThat(ResourceSpecV1.parseMemory(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "0 GB",
        "0.0M",
        "-1",
        "-4GB",
        "+4GB",
        "4,5G",
        "4 000",
        "4_000",
        "2.5",
        "2.5 B",
        ".5G",
        "5.G",
        "1e9",
        "1e3K",
        "0x10",
        "4  G",
        "4\tG",
        " 4G",
        "4G ",
        "4G\n",
        "4 G B",
        "4Gi",
        "4iB",
        "4Gbit",
        "4w",
        "4gw",
        "4MG",
        "4Z",
        "G",
        "GB",
        "all",
        "NaN",
        "4\u212aB",
        "\u0664G",
        "8E",
        "9223372036854775808",
        "99999999999999999999",
        "9999999999999999999E",
      })
  void refusesEverythingElse(String text) {
    InvalidJobException refusal = refusal(() -> ResourceSpecV1.parseMemory(text));

    assertThat(refusal.getField()).isEqualTo("resources.memory");
    assertThat(refusal).hasMessageContaining("was '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "4 gigs, 'a whole number of bytes, or a number and one of K, M, G, T, P, E (powers of 1024)'",
    "0G, at least 1 byte",
    "8EiB, less than 8 EiB",
  })
  void saysWhatIsTaken(String text, String words) {
    assertThat(refusal(() -> ResourceSpecV1.parseMemory(text))).hasMessageContaining(words);
  }

  @Property
  void bytesAreReadBack(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long bytes) {
    assertThat(ResourceSpecV1.parseMemory(Long.toString(bytes))).isEqualTo(bytes);
  }

  @Property
  void eachUnitIs1024OfTheOneBefore(
      @ForAll @IntRange(min = 1, max = 7) int number, @ForAll @IntRange(max = 5) int power) {
    String unit = number + "KMGTPE".substring(power, power + 1);
    long bytes = (long) number << (10 * (power + 1));

    for (String text : new String[] {unit, unit + "B", unit + "iB"}) {
      assertThat(ResourceSpecV1.parseMemory(text)).isEqualTo(bytes);
      assertThat(ResourceSpecV1.parseMemory(text.toLowerCase(Locale.ROOT))).isEqualTo(bytes);
    }
  }
}
