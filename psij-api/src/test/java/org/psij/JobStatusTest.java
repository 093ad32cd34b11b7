package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobStatusTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static JobStatus.Builder everything() {
    return JobStatus.builder(JobState.FAILED)
        .time(NOON)
        .message("too much memory")
        .exitCode(137)
        .cause(FailureCause.OUT_OF_MEMORY)
        .metadata(JobStatus.NATIVE_STATE, "OOM");
  }

  static List<UnaryOperator<JobStatus.Builder>> changes() {
    return List.of(
        b -> b.time(NOON.plusNanos(1)),
        b -> b.message(null),
        b -> b.exitCode(null),
        b -> b.cause(null),
        b -> b.metadata(JobStatus.ATTEMPT, 2L));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyValueCountsForEquality(UnaryOperator<JobStatus.Builder> change) {
    assertThat(change.apply(everything()).build()).isNotEqualTo(everything().build());
  }

  @Test
  void toBuilderCopiesEverything() {
    JobStatus status = everything().build();

    assertThat(status.toBuilder().build()).isEqualTo(status).hasSameHashCodeAs(status);
  }

  @Test
  void theTimeIsNowUnlessGiven() {
    Instant before = Instant.now();

    assertThat(JobStatus.builder(JobState.ACTIVE).build().getTime())
        .isBetween(before, Instant.now());
  }

  @Test
  void metadataCannotBeModified() {
    JobStatus.Builder builder = everything();
    JobStatus status = builder.build();
    builder.metadata("more", "x");

    assertThat(status.getMetadata()).containsOnlyKeys(JobStatus.NATIVE_STATE);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> status.getMetadata().clear());
  }

  @Test
  void toStringTellsEverything() {
    assertThat(everything().build())
        .hasToString(
            "FAILED at 2026-01-01T12:00:00Z, exit code 137, OUT_OF_MEMORY: too much memory"
                + " {nativeState=OOM}");
    assertThat(JobStatus.builder(JobState.ACTIVE).time(NOON).build())
        .hasToString("ACTIVE at 2026-01-01T12:00:00Z");
  }
}
