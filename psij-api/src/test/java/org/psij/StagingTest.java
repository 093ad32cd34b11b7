package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.Refusals.assertRefused;
import static org.psij.StageOutFlags.ALWAYS;
import static org.psij.StageOutFlags.IF_PRESENT;
import static org.psij.StageOutFlags.ON_CANCEL;
import static org.psij.StageOutFlags.ON_ERROR;
import static org.psij.StageOutFlags.ON_SUCCESS;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingTest {
  private static final Path FILE = Path.of("x");
  private static final URI PLACE = URI.create("file:///data/x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/d/x#1?y;z",
        "/d/100%",
        "/d/%20",
        "/d/a b",
        "/d/a:b",
        "/d/a\\b",
        "/d/\"a\"[b]",
        "/d/a\nb"
      })
  void absolutePathsSurviveAsFileUris(String path) {
    URI in = new StageIn(Path.of(path), FILE, StagingMode.COPY).getSource();
    URI out = new StageOut(FILE, Path.of(path), StagingMode.COPY, ALWAYS).getTarget();

    assertThat(Path.of(in)).isEqualTo(Path.of(path));
    assertThat(Path.of(URI.create(in.toString()))).isEqualTo(Path.of(path));
    assertThat(out).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x#1?y;z", "100%", "%20", "a b", "a:b", "a/b:c", "../up", "."})
  void relativePathsSurviveWithoutScheme(String path) {
    URI in = new StageIn(Path.of(path), FILE, StagingMode.LINK).getSource();
    URI out = new StageOut(FILE, Path.of(path), StagingMode.LINK, ALWAYS).getTarget();

    assertThat(in.getScheme()).isNull();
    assertThat(Path.of(in.getPath()).normalize()).isEqualTo(Path.of(path).normalize());
    assertThat(URI.create(in.toString())).isEqualTo(in);
    assertThat(out).isEqualTo(in);
  }

  @Test
  void urisAreKeptAsTheyWereGiven() {
    URI uri = URI.create("https://user@example.com:8443/p/d%20e.txt?q=1#f");

    assertThat(new StageIn(uri, FILE).getSource()).isEqualTo(uri);
    assertThat(new StageOut(FILE, uri).getTarget()).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mailto:x", "file:x", "http://example.com", "?q", "/a%00b"})
  void placesWithoutAUsablePathAreRefused(String uri) {
    assertRefused("stage_in.source", () -> new StageIn(URI.create(uri), FILE));
    assertRefused("stage_out.target", () -> new StageOut(FILE, URI.create(uri)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "a/..", "a/../../b"})
  void pathsOfTheJobThatEscapeAreRefused(String path) {
    assertRefused("stage_in.target", () -> new StageIn(PLACE, Path.of(path)));
    assertRefused("stage_out.source", () -> new StageOut(Path.of(path), PLACE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a/b", "a/../b", "..x", "/abs/x"})
  void otherPathsOfTheJobAreKeptAsTheyWereGiven(String path) {
    assertThat(new StageIn(PLACE, Path.of(path)).getTarget()).isEqualTo(Path.of(path));
    assertThat(new StageOut(Path.of(path), PLACE).getSource()).isEqualTo(Path.of(path));
  }

  @Test
  void copyAlwaysIsTheDefault() {
    assertThat(new StageIn(PLACE, FILE)).isEqualTo(new StageIn(PLACE, FILE, StagingMode.COPY));
    assertThat(new StageOut(FILE, PLACE))
        .isEqualTo(new StageOut(FILE, PLACE, StagingMode.COPY, ALWAYS));
  }

  @Test
  void flagsWithoutAnOccasionGetAllThree() {
    assertThat(flags(Set.of())).isEqualTo(ALWAYS);
    assertThat(flags(Set.of(IF_PRESENT))).isEqualTo(EnumSet.allOf(StageOutFlags.class));
    assertThat(flags(Set.of(ON_ERROR))).containsExactly(ON_ERROR);
    assertThat(flags(Set.of(ON_CANCEL, IF_PRESENT))).containsExactly(IF_PRESENT, ON_CANCEL);
  }

  private static Set<StageOutFlags> flags(Set<StageOutFlags> given) {
    return new StageOut(FILE, PLACE, StagingMode.COPY, given).getFlags();
  }

  @Test
  void flagsCannotBeModified() {
    EnumSet<StageOutFlags> given = EnumSet.of(ON_ERROR);
    StageOut out = new StageOut(FILE, PLACE, StagingMode.COPY, given);
    given.add(ON_CANCEL);

    assertThat(out.getFlags()).containsExactly(ON_ERROR);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> out.getFlags().add(ON_CANCEL));
  }

  @Test
  void alwaysMeansEveryEndAndCannotBeModified() {
    assertThat(ALWAYS).containsExactly(ON_SUCCESS, ON_ERROR, ON_CANCEL);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> ALWAYS.add(IF_PRESENT));
  }

  @Test
  void everyValueCountsForEquality() {
    StageIn in = new StageIn(PLACE, FILE, StagingMode.COPY);
    assertThat(in)
        .isEqualTo(new StageIn(PLACE, FILE))
        .hasSameHashCodeAs(new StageIn(PLACE, FILE))
        .isNotEqualTo(new StageIn(URI.create("y"), FILE, StagingMode.COPY))
        .isNotEqualTo(new StageIn(PLACE, Path.of("y"), StagingMode.COPY))
        .isNotEqualTo(new StageIn(PLACE, FILE, StagingMode.MOVE));

    StageOut out = new StageOut(FILE, PLACE, StagingMode.COPY, ALWAYS);
    assertThat(out)
        .isEqualTo(new StageOut(FILE, PLACE))
        .hasSameHashCodeAs(new StageOut(FILE, PLACE))
        .isNotEqualTo(new StageOut(Path.of("y"), PLACE, StagingMode.COPY, ALWAYS))
        .isNotEqualTo(new StageOut(FILE, URI.create("y"), StagingMode.COPY, ALWAYS))
        .isNotEqualTo(new StageOut(FILE, PLACE, StagingMode.LINK, ALWAYS))
        .isNotEqualTo(new StageOut(FILE, PLACE, StagingMode.COPY, Set.of(ON_ERROR)));
  }
}
