package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.psij.JobState.ACTIVE;
import static org.psij.JobState.CANCELED;
import static org.psij.JobState.CLEANUP;
import static org.psij.JobState.COMPLETED;
import static org.psij.JobState.FAILED;
import static org.psij.JobState.NEW;
import static org.psij.JobState.QUEUED;
import static org.psij.JobState.STAGE_IN;
import static org.psij.JobState.STAGE_OUT;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {
  private static final Set<JobState> FINAL = EnumSet.of(COMPLETED, FAILED, CANCELED);

  private static final Map<JobState, Set<JobState>> LATER =
      Map.of(
          NEW, EnumSet.range(QUEUED, CANCELED),
          QUEUED, EnumSet.range(STAGE_IN, CANCELED),
          STAGE_IN, EnumSet.range(ACTIVE, CANCELED),
          ACTIVE, EnumSet.range(STAGE_OUT, CANCELED),
          STAGE_OUT, EnumSet.range(CLEANUP, CANCELED),
          CLEANUP, FINAL,
          COMPLETED, Set.of(),
          FAILED, Set.of(),
          CANCELED, Set.of());

  @ParameterizedTest
  @EnumSource
  void isGreaterThanExactlyTheStatesBeforeIt(JobState state) {
    for (JobState other : JobState.values()) {
      assertThat(state.isGreaterThan(other))
          .as("%s > %s", state, other)
          .isEqualTo(LATER.get(other).contains(state));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isComparableToAllButTheOtherFinalStates(JobState state) {
    for (JobState other : JobState.values()) {
      assertThat(state.isComparableTo(other))
          .as("%s and %s", state, other)
          .isEqualTo(
              state == other
                  || LATER.get(state).contains(other)
                  || LATER.get(other).contains(state));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFinalIfNoStateFollows(JobState state) {
    assertThat(state.isFinal()).isEqualTo(FINAL.contains(state));
  }

  @Test
  void previousFollowsTheOnlyWayThroughTheStates() {
    assertThat(NEW.previous()).isNull();
    assertThat(QUEUED.previous()).isEqualTo(NEW);
    assertThat(STAGE_IN.previous()).isEqualTo(QUEUED);
    assertThat(ACTIVE.previous()).isEqualTo(STAGE_IN);
    assertThat(STAGE_OUT.previous()).isEqualTo(ACTIVE);
    assertThat(CLEANUP.previous()).isEqualTo(STAGE_OUT);
    assertThat(COMPLETED.previous()).isEqualTo(CLEANUP);
    assertThat(FAILED.previous()).isNull();
    assertThat(CANCELED.previous()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void fromNameFindsEveryStateInAnyCase(JobState state) {
    assertThat(JobState.fromName(state.name())).isEqualTo(state);
    assertThat(JobState.fromName(state.name().toLowerCase(java.util.Locale.ROOT))).isEqualTo(state);
  }

  @Test
  void fromNameRefusesWhatIsNoState() {
    assertThatIllegalArgumentException().isThrownBy(() -> JobState.fromName("DONE"));
  }
}
