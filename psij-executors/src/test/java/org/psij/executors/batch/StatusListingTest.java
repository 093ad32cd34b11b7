package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.psij.JobState;

final class StatusListingTest {
  private final Map<String, NativeStatus> one =
      Map.of("1", NativeStatus.builder("R", JobState.ACTIVE).build());

  @Test
  void jobThatIsNotInACompleteListingIsCertainlyNotThere() {
    StatusListing listing = StatusListing.of(one);
    assertThat(listing.lacks("1")).isFalse();
    assertThat(listing.lacks("2")).isTrue();
    assertThat(listing.get("2")).isNull();
  }

  @Test
  void unreadableRowSpoilsOnlyItself() {
    StatusListing listing = StatusListing.of(one, Set.of("2"), true);
    assertThat(listing.get("1")).isNotNull();
    assertThat(listing.lacks("2")).isFalse();
    assertThat(listing.lacks("3")).isTrue();
  }

  @Test
  void rowWithoutAnIdMayBeAboutAnyJob() {
    StatusListing listing = StatusListing.of(one, Set.of(), false);
    assertThat(listing.get("1")).isNotNull();
    assertThat(listing.lacks("2")).isFalse();
  }
}
