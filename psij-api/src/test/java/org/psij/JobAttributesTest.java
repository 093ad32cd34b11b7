package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.Refusals.assertRefused;
import static org.psij.Refusals.refusal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobAttributesTest {
  private static final BigInteger TOO_BIG = BigInteger.TWO.pow(63);

  private static JobAttributes.Builder everything() {
    return JobAttributes.builder()
        .duration(Duration.ofHours(1))
        .queueName("debug")
        .account("abc")
        .reservationId("r1")
        .customAttribute("slurm.constraint", "haswell");
  }

  private static JobAttributes custom(Object value) {
    return JobAttributes.builder().customAttribute("k", value).build();
  }

  static Stream<Arguments> customValues() {
    return Stream.of(
        Arguments.of("text", "text"),
        Arguments.of("", ""),
        Arguments.of(true, true),
        Arguments.of((byte) 5, 5L),
        Arguments.of((short) 5, 5L),
        Arguments.of(5, 5L),
        Arguments.of(5L, 5L),
        Arguments.of(BigInteger.valueOf(Long.MAX_VALUE), Long.MAX_VALUE),
        Arguments.of(BigInteger.valueOf(Long.MIN_VALUE), Long.MIN_VALUE),
        Arguments.of(TOO_BIG, TOO_BIG),
        Arguments.of(TOO_BIG.negate().subtract(BigInteger.ONE), TOO_BIG.not()),
        Arguments.of(1.5f, 1.5),
        Arguments.of(0.1, 0.1),
        Arguments.of(List.of(), List.of()),
        Arguments.of(List.of("a", 1, true, 1.5f), List.of("a", 1L, true, 1.5)));
  }

  @ParameterizedTest
  @MethodSource("customValues")
  void customValuesWidenToTheLargestOfTheirKind(Object given, Object kept) {
    assertThat(custom(given).getCustomAttribute("k")).isEqualTo(kept);
  }

  @Test
  void nullIsKept() {
    assertThat(custom(null).getCustomAttributes()).containsKey("k").containsValue(null);
  }

  static Stream<Object> refusedValues() {
    return Stream.of(
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Map.of("a", "b"),
        Set.of("a"),
        new int[] {1},
        Path.of("/x"),
        Duration.ofMinutes(1),
        BigDecimal.ONE,
        'c',
        "a\0b",
        "\ud83d");
  }

  @ParameterizedTest
  @MethodSource("refusedValues")
  void otherValuesAreRefusedWithTheirKey(Object value) {
    assertRefused("attributes.custom_attributes.k", () -> custom(value));
    assertRefused("attributes.custom_attributes.k[1]", () -> custom(List.of("a", value)));
  }

  @Test
  void listsOfListsOrNullsAreRefusedWithTheirKey() {
    assertRefused("attributes.custom_attributes.k[0]", () -> custom(List.of(List.of("a"))));
    assertRefused("attributes.custom_attributes.k[1]", () -> custom(Arrays.asList("a", null)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb", "a\0b", "a\u007fb", "\ud83d"})
  void customNamesThatCannotBeWrittenAreRefused(String name) {
    assertThat(refusal(() -> JobAttributes.builder().customAttribute(name, "x").build()).getField())
        .startsWith("attributes.custom_attributes.");
  }

  @Test
  void badValuesAreNamed() {
    assertRefused(
        "attributes.duration",
        () -> JobAttributes.builder().duration(Duration.ofNanos(-1)).build());
    for (String bad : List.of("", "a\0b", "\ude00")) {
      assertRefused("attributes.queue_name", () -> JobAttributes.builder().queueName(bad).build());
      assertRefused("attributes.account", () -> JobAttributes.builder().account(bad).build());
      assertRefused(
          "attributes.reservation_id", () -> JobAttributes.builder().reservationId(bad).build());
    }
  }

  @Test
  void changingTheSourcesChangesNothing() {
    List<Object> list = new ArrayList<>(List.of("a"));
    Map<String, Object> custom = new LinkedHashMap<>(Map.of("k", list));
    JobAttributes.Builder builder = JobAttributes.builder().customAttributes(custom);
    JobAttributes attributes = builder.build();

    list.add("b");
    custom.clear();
    builder.customAttribute("other", 1);

    assertThat(attributes).isEqualTo(custom(List.of("a")));
  }

  @Test
  void customAttributesCannotBeModified() {
    JobAttributes attributes = custom(new ArrayList<>(List.of("a")));

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> attributes.getCustomAttributes().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> ((List<?>) attributes.getCustomAttribute("k")).clear());
  }

  @Test
  void toBuilderCopiesEverything() {
    JobAttributes attributes = everything().customAttribute("none", null).build();

    assertThat(attributes.toBuilder().build())
        .isEqualTo(attributes)
        .hasSameHashCodeAs(attributes)
        .hasToString(attributes.toString());
  }

  static List<UnaryOperator<JobAttributes.Builder>> changes() {
    return List.of(
        b -> b.duration(Duration.ZERO),
        b -> b.queueName(null),
        b -> b.account(null),
        b -> b.reservationId(null),
        b -> b.customAttributes(Map.of()),
        b -> b.customAttribute("slurm.constraint", null));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyValueCountsForEquality(UnaryOperator<JobAttributes.Builder> change) {
    assertThat(change.apply(everything()).build()).isNotEqualTo(everything().build());
  }
}
