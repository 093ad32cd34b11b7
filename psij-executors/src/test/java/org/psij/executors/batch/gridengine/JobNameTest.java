package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;

final class JobNameTest {
  private static String name(JobSpec.Builder spec) {
    return JobName.of(new BatchJob("id", spec.build(), ResourceSpecV1.builder().build()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b", ".a", "-a", "a%b", "a#b", "a=b", "a;b", "a\"b", "a'b", "a$b", "a(b)", "a[1]", "a|b",
        "a~b", "_a", "+a", "#a", "$(id)", "`id`", "{{x}}"
      })
  void whatGridEngineTakesArrivesAsItIs(String name) {
    assertThat(name(JobSpec.builder("/bin/true").name(name))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1abc", "1", "a b", "a/b", "a:b", "a@b", "a*b", "a?b", "a\\b", "a\tb", "äb", "a\nb", "none",
        "NONE", "@a", "a\u007f"
      })
  void whatGridEngineRefusesIsRefused(String name) {
    assertThatThrownBy(() -> name(JobSpec.builder("/bin/true").name(name)))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageStartingWith("name: ")
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({"512, true", "513, false"})
  void lengthIsLimited(int length, boolean fits) {
    JobSpec.Builder spec = JobSpec.builder("/bin/true").name("a".repeat(length));
    if (fits) {
      assertThat(name(spec)).hasSize(length);
    } else {
      assertThatThrownBy(() -> name(spec)).isInstanceOf(InvalidJobException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/7zip, _7zip",
    "/opt/my program, my_program",
    "/opt/é*?, ___",
    "/bin/none, _none",
    "/bin/ALL, _ALL",
    "sleep, sleep",
    "/a/, job"
  })
  void nameOfAProgramIsMadeFit(String executable, String expected) {
    assertThat(name(JobSpec.builder(executable))).isEqualTo(expected);
  }
}
