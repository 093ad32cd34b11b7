package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psij.Refusals.refusal;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalltimeTest {
  @ParameterizedTest
  @CsvSource({
    "01:30:15, PT1H30M15S",
    "1:02:03, PT1H2M3S",
    "0:0:0, PT0S",
    "2:30, PT2H30M",
    "1000:00:59, PT1000H59S",
    "90, PT1H30M",
    "0, PT0S",
    "45 s, PT45S",
    "45s, PT45S",
    "600.0 s, PT10M",
    "3700.5 s, PT1H1M40.5S",
    "1e-06 s, PT0.000001S",
    "1E+2 s, PT1M40S",
    "17280000000000.0 s, PT4800000000H",
    "1.5h, PT1H30M",
    "1.5 h, PT1H30M",
    "20m, PT20M",
    "20 m, PT20M",
    "500ms, PT0.5S",
    "500 ms, PT0.5S",
    "2d, PT48H",
    "2 d, PT48H",
    "1M, PT720H",
    "1 M, PT720H",
    "1y, PT8760H",
    "1 y, PT8760H",
    "0.0000000005 s, PT0.000000001S",
    "0.0000000004 s, PT0S",
    "1-12:00:00, PT36H",
    "0-00:30:05, PT30M5S",
    "2-3:4, PT51H4M",
    "1-12, PT36H",
    "007-0, PT168H",
    "10-23:59:59, PT263H59M59S",
    "30m, PT30M",
    "1h30m, PT1H30M",
    "1 h 30 m, PT1H30M",
    "1h 30m, PT1H30M",
    "2d12h, PT60H",
    "1h90m, PT2H30M",
    "1h0.5m, PT1H30S",
    "1M1m, PT720H1M",
    "5m500ms, PT5M0.5S",
    "1y2M3d4h5m6s7ms, PT10276H5M6.007S",
    "0.0000000003s0.0000002ms, PT0.000000001S",
  })
  void readsEveryFormInUse(String text, Duration duration) {
    assertThat(JobAttributes.parseWalltime(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-5 s",
        "-30.0 s",
        "+5 s",
        "abc 5s",
        "5s abc",
        "30m1h",
        "1m1M",
        "1h1h",
        "1h30",
        "1h  30m",
        "1h-30m",
        "1h30m ",
        "1h,30m",
        "1-24",
        "1-24:00:00",
        "1-100",
        "1-12:60",
        "1-12:00:60",
        "1-12:00:00:00",
        "1-",
        "-12:00",
        "1--2",
        "1.5-12",
        "1 - 12",
        "1-12h",
        "999999999999999999-0",
        "9000000000000000000s9000000000000000000s",
        "9000000000000000000m9000000000000000000s",
        "5 x",
        "5 S",
        "1:60",
        "00:61",
        "0:00:60",
        "1:2:3:4",
        "1:",
        ":30",
        "1.5",
        "1.5:00",
        ".5 s",
        "5. s",
        " 5 s",
        "5 s ",
        "5  s",
        "5\ts",
        "5\n",
        "\u0665 s",
        "NaN s",
        "9223372036854775808 s",
        "10000000000000000000 s",
        "1e99 s",
        "999999999999999999 y",
        "999999999999999999",
        "999999999999999999:00:00",
      })
  void refusesEverythingElse(String text) {
    InvalidJobException refusal = refusal(() -> JobAttributes.parseWalltime(text));

    assertThat(refusal.getField()).isEqualTo("attributes.duration");
    assertThat(refusal).hasMessageContaining("was '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 00:00:00",
    "PT59S, 00:00:59",
    "PT1H30M15S, 01:30:15",
    "P10D, 240:00:00",
    "PT0.5S, 0.5 s",
    "PT1H0.000001S, 3600.000001 s",
    "PT0.000000001S, 0.000000001 s",
  })
  void writesAClockOrSecondsWithAFraction(Duration duration, String text) {
    assertThat(JobAttributes.formatWalltime(duration)).isEqualTo(text);
  }

  @Test
  void theLongestDurationSurvives() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    assertThat(JobAttributes.parseWalltime(JobAttributes.formatWalltime(longest)))
        .isEqualTo(longest);
  }

  @Property
  void whatIsWrittenIsReadBack(@ForAll("durations") Duration duration) {
    assertThat(JobAttributes.parseWalltime(JobAttributes.formatWalltime(duration)))
        .isEqualTo(duration);
  }

  @Property
  void daysAndHoursAreReadAsSlurmMeansThem(
      @ForAll @LongRange(max = 100_000) long days,
      @ForAll @IntRange(max = 23) int hours,
      @ForAll @IntRange(max = 59) int minutes,
      @ForAll @IntRange(max = 59) int seconds) {
    Duration hoursOnly = Duration.ofDays(days).plusHours(hours);
    Duration all = hoursOnly.plusMinutes(minutes).plusSeconds(seconds);
    String clock = String.format("%d-%02d:%02d:%02d", days, hours, minutes, seconds);
    String amounts = String.format("%dd%dh%dm%ds", days, hours, minutes, seconds);

    assertThat(JobAttributes.parseWalltime(clock)).isEqualTo(all);
    assertThat(JobAttributes.parseWalltime(amounts)).isEqualTo(all);
    assertThat(JobAttributes.parseWalltime(days + "-" + hours)).isEqualTo(hoursOnly);
  }

  @Provide
  Arbitrary<Duration> durations() {
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(0), Arbitraries.integers().between(0, 999_999_999))
        .as(Duration::ofSeconds);
  }
}
