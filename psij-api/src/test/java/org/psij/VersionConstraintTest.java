package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionConstraintTest {
  private static boolean allows(String constraint, String version) {
    return VersionConstraint.parse(constraint).test(new ComparableVersion(version));
  }

  @ParameterizedTest
  @CsvSource({
    "==, false, true, false",
    "!=, true, false, true",
    "<, true, false, false",
    "<=, true, true, false",
    ">, false, false, true",
    ">=, false, true, true",
  })
  void comparesWithEveryOperator(String operator, boolean older, boolean same, boolean newer) {
    assertThat(allows(operator + " 1.9", "1.8.7")).isEqualTo(older);
    assertThat(allows(operator + " 1.9", "1.9.0")).isEqualTo(same);
    assertThat(allows(operator + " 1.9", "1.10")).isEqualTo(newer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "( > 0.0.2, != 0.0.4)",
        "(> 0.0.2, != 0.0.4)",
        "> 0.0.2, != 0.0.4",
        ">0.0.2,!=0.0.4",
        "  ( >0.0.2 ,!= 0.0.4 )  ",
      })
  void parenthesesAndSpacesAreOptionalAndEveryClauseCounts(String constraint) {
    assertThat(allows(constraint, "0.0.2")).isFalse();
    assertThat(allows(constraint, "0.0.3")).isTrue();
    assertThat(allows(constraint, "0.0.4")).isFalse();
    assertThat(allows(constraint, "0.0.5")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"< 1.0, 1.0-alpha-1", "< 1.0, 1.0-SNAPSHOT", "> 1.0-rc1, 1.0", "> 1.0, 1.0-1"})
  void versionsAreOrderedAsMavenOrdersThem(String constraint, String version) {
    assertThat(allows(constraint, version)).isTrue();
  }

  @Test
  void nullAllowsEveryVersion() {
    assertThat(allows(null, "0")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "()",
        "1.0",
        "= 1.0",
        "=> 1.0",
        "~ 1.0",
        ">",
        "> ",
        "> 1.0,",
        ", > 1.0",
        "(> 1.0",
        "> 1.0)",
        "((> 1.0))",
        "> 1.0 < 2.0",
        "> 1 .0",
        "> -1",
        "> 1.0; < 2.0"
      })
  void refusesWhatIsNoConstraint(String constraint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VersionConstraint.parse(constraint))
        .withMessageContaining("'" + constraint + "'");
  }
}
