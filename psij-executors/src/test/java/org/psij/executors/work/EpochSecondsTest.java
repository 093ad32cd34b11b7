package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochSecondsTest {
  @Test
  void isWrittenAsItIsRead() {
    Instant time = Instant.ofEpochSecond(1_700_000_000, 42);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR")); // which has digits of its own
    try {
      assertThat(EpochSeconds.format(time)).isEqualTo("1700000000.000000042");
      assertThat(EpochSeconds.parse(EpochSeconds.format(time))).isEqualTo(time);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1700000000, 1700000000, 0",
    "1700000000., 1700000000, 0",
    "1700000000.25, 1700000000, 250000000",
    "1700000000.000001, 1700000000, 1000",
    "1700000000.123456789, 1700000000, 123456789",
    "1700000000.1234567899, 1700000000, 123456789",
    "999999999999.999999999, 999999999999, 999999999",
  })
  void isSecondsAndAFraction(String text, long seconds, int nanos) {
    assertThat(EpochSeconds.parse(text)).isEqualTo(Instant.ofEpochSecond(seconds, nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".5",
        "-1",
        "+1",
        "1e3",
        "1E3",
        "1.2.3",
        "1,5",
        " 1",
        "1 ",
        "1.5x",
        "0x1",
        "1000000000000",
        "\u0661",
        "1.123456789x",
        "NaN"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> EpochSeconds.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1700000000, 1", "1700000000, 999999999"})
  void whatIsWrittenIsReadAgain(long seconds, int nanos) {
    Instant time = Instant.ofEpochSecond(seconds, nanos);
    assertThat(EpochSeconds.parse(EpochSeconds.format(time))).isEqualTo(time);
  }
}
