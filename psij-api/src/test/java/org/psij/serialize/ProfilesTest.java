package org.psij.serialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.PsijException;
import org.psij.ResourceSpecV1;

class ProfilesTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
  }

  private Profiles load(String profiles) throws IOException {
    return Profiles.load(write("profiles.json", "{'profiles': {" + profiles + "}}"));
  }

  private InvalidJobException refusal(String text) throws IOException {
    Path file = write("profiles.json", text);
    InvalidJobException refusal =
        catchThrowableOfType(InvalidJobException.class, () -> Profiles.load(file));
    assertThat(refusal).as(text).isNotNull();
    return refusal;
  }

  @Test
  void aProfileFillsInWhatAJobDoesNotSay() throws Exception {
    Profiles profiles =
        load(
            """
            // what we have
            'large': {
              'executor': 'slurm', # the big one
              'launcher': 'srun',
              'resources': {'node_count': 8, 'memory': 4096},
              'attributes': {
                'duration': '2h', /* enough */
                'custom_attributes': {'slurm.constraint': 'fast', 'slurm.qos': 'high'}
              },
              'environment': {'A': 'profile', 'B': 'profile'}
            }
            """);
    assertThat(profiles.names()).containsExactly("large");
    assertThat(profiles.get("large").getExecutor()).isEqualTo("slurm");
    assertThat(profiles.get("large").getFile()).isEqualTo(folder.resolve("profiles.json"));

    JobSpec.Builder builder =
        JobSpec.builder("/bin/date")
            .environmentVariable("A", "given")
            .resources(ResourceSpecV1.builder().nodeCount(2).build());
    profiles.applyTo("large", builder);
    assertThat(builder.build())
        .isEqualTo(
            JobSpec.builder("/bin/date")
                .launcher("srun")
                .environment(Map.of("A", "given", "B", "profile"))
                .resources(ResourceSpecV1.builder().nodeCount(2).memory(4096L).build())
                .attributes(
                    JobAttributes.builder()
                        .duration(Duration.ofHours(2))
                        .customAttribute("slurm.constraint", "fast")
                        .customAttribute("slurm.qos", "high")
                        .build())
                .build());
  }

  @Test
  void aProfileTakesFromThoseThatItExtends() throws Exception {
    Profiles profiles =
        load(
            """
            'leaf': {'extends': ['first', 'second'], 'environment': {'OWN': '3'}},
            'first': {'extends': 'root', 'launcher': 'first', 'executor': 'slurm',
              'attributes': {'queue_name': 'first'}},
            'second': {'launcher': 'second', 'attributes': {'account': 'second'}},
            'root': {'environment': {'OWN': '1', 'ROOT': '1'}, 'executor': 'pbs'}
            """);
    Profile leaf = profiles.get("leaf");
    assertThat(leaf.getExecutor()).isEqualTo("slurm");
    assertThat(leaf.getDefaults())
        .isEqualTo(
            JobSpec.builder()
                .launcher("second")
                .environment(Map.of("OWN", "3", "ROOT", "1"))
                .attributes(JobAttributes.builder().queueName("first").account("second").build())
                .build());
    assertThat(profiles.names()).contains("leaf", "first", "second", "root");
  }

  @Test
  void aProfileCanTakeBackWhatItExtends() throws Exception {
    Profiles profiles =
        load(
            """
            'base': {'inherit_environment': false, 'resources': {'exclusive_node_use': true},
              'attributes': {'duration': '2h'}, 'cleanup_flags': []},
            'plain': {'extends': 'base', 'inherit_environment': true,
              'resources': {'exclusive_node_use': false},
              'attributes': {'duration': '10'}, 'cleanup_flags': ['ON_SUCCESS', 'ON_ERROR', 'ON_CANCEL']}
            """);
    JobSpec plain = profiles.get("plain").getDefaults();
    assertThat(plain)
        .isEqualTo(JobSpec.builder().resources(ResourceSpecV1.builder().build()).build());
  }

  @Test
  void aLaterFileGoesBeforeAnEarlierOneAndDoesNotChangeIt() throws Exception {
    Path user =
        write(
            "user.json",
            "{'profiles': {'base': {'launcher': 'user'}, 'mine': {'extends': 'base'},"
                + " 'kept': {'executor': 'pbs'}}}");
    Path project =
        write(
            "project.json",
            "{'profiles': {'base': {'extends': 'base', 'executor': 'project'},"
                + " 'kept': {'name': 'anew'}}}");
    Profiles profiles = Profiles.load(user, folder.resolve("missing/none.json"), project);
    assertThat(profiles.names()).containsExactly("base", "mine", "kept");
    assertThat(profiles.get("base").getExecutor()).isEqualTo("project");
    assertThat(profiles.get("base").getDefaults().getLauncher()).isEqualTo("user");
    assertThat(profiles.get("mine").getExecutor()).isNull();
    assertThat(profiles.get("kept").getExecutor()).isNull();
    assertThat(profiles.get("kept").getFile()).isEqualTo(project);
  }

  @Test
  void anUnknownProfileIsRefusedWithThoseThatThereAre() throws Exception {
    Profiles profiles = load("'a': {}, 'b': {}");
    assertThatThrownBy(() -> profiles.get("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No profile 'c'; known: a, b");
    assertThatThrownBy(() -> Profiles.load().applyTo("c", JobSpec.builder()))
        .hasMessage("No profile 'c'; known: none");
    assertThatThrownBy(() -> profiles.names().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'profiles': {'a':;; {'launcher' 'b'}}} | line 3, column 14: not JSON: Unexpected",
        "{'profiles': {},;'profiles': {}}        | line 2, column 11: not JSON: Duplicate field",
        "{'profiles': {}};x                      | line 2, column 1: not JSON",
        "[]                                      | line 1, column 1: expected an object with",
        "{;'profile': {}}                        | line 2, column 1: profile: unknown key",
        "{;'profiles': 1}                        | line 2, column 1: profiles: expected an object",
        "{'profiles': {;'a': 1}}                 | line 2, column 1: profile 'a': expected an object",
        "{'profiles': {;'a b': {}}}              | line 2, column 1: profile 'a b': the name of a",
        "{'profiles': {'a': {;'luncher': 'b'}}}  | line 2, column 1: profile 'a': luncher: unknown key",
        "{'profiles': {'a': {;'launcher': 1}}}   | line 2, column 1: profile 'a': launcher: expected a string, was number 1",
        "{'profiles': {'a': {;'executor': ''}}}  | line 2, column 1: profile 'a': executor: expected the name",
        "{'profiles': {'a': {;'extends': {}}}}   | line 2, column 1: profile 'a': extends: expected the name",
        "{'profiles': {'a': {;'extends': 'b'}}}  | line 2, column 1: profile 'a': extends: no profile 'b' (a -> b); known: none",
        "{'profiles': {'a': {;'extends': 'a'}}}  | line 2, column 1: profile 'a': extends: no profile 'a' in an earlier file",
        "{'profiles': {'a': {'attributes':;{;'duration': '5 x'}}}} | line 3, column 1: profile 'a': attributes.duration: expected hh",
        "{'profiles': {'a': {'attributes': {'custom_attributes': {;'s.x':;[1,; {}]}}}}} | line 4, column 2: profile 'a': attributes.custom_attributes.s.x[1]:",
        "{'profiles': {'a': {'resources': {;'__version': 2}}}} | line 2, column 1: profile 'a': resources.__version: must be 1, was 2",
        "{'profiles': {'a': {'environment': {;'B': 1}}}} | line 2, column 1: profile 'a': environment.B: expected a string, was number"
      })
  void aBrokenFileIsReportedWithItsLine(String text, String problem) throws Exception {
    assertThat(refusal(text.replace(';', '\n')))
        .hasMessageStartingWith(folder.resolve("profiles.json") + ", " + problem);
  }

  @Test
  void cyclesAreShown() throws Exception {
    InvalidJobException refusal =
        refusal(
            "{'profiles': {'a': {'extends': 'b'}, 'b': {'extends': 'c'}, 'c': {'extends': 'b'}}}");
    assertThat(refusal).hasMessageContaining("profile 'c': extends: a cycle: a -> b -> c -> b");
    assertThat(refusal.getField()).isEqualTo("profiles.c.extends");
  }

  @Test
  void profilesThatContradictEachOtherAreRefused() throws Exception {
    String text =
        "{'profiles': {'a': {'resources': {'node_count': 2, 'processes_per_node': 2}},\n"
            + "'b': {'extends': 'a', 'resources': {'process_count': 5}}}}";
    assertThat(refusal(text))
        .hasMessageContaining("line 2, column 23: profile 'b': resources: process_count must");
  }

  @Test
  void aChainMayBeLongButNotEndless() throws Exception {
    StringBuilder text = new StringBuilder("{'profiles': {'p0': {'launcher': 'x'}");
    for (int i = 1; i < 3000; i++) {
      text.append(", 'p" + i + "': {'extends': 'p" + (i - 1) + "'}");
      if (i == 99) {
        Profiles profiles = Profiles.load(write("profiles.json", text + "}}"));
        assertThat(profiles.get("p99").getDefaults().getLauncher()).isEqualTo("x");
      }
    }
    assertThat(refusal(text.insert(14, "'last': {'extends': 'p2998'}, ") + "}}"))
        .hasMessageContaining("extends: more than 100 in a row");
  }

  @Test
  void secretsAreNotShown() throws Exception {
    assertThat(refusal("{'profiles': {'a': {'environment': {'B': 424242}}}}"))
        .hasMessageNotContaining("4242");
    assertThat(refusal("{'profiles': {'a': {'environment': {'B': se4242cret}}}}"))
        .hasMessageNotContaining("4242");
    assertThat(load("'a': {'environment': {'B': '4242'}}").get("a").toString())
        .contains("[B]")
        .doesNotContain("4242");
  }

  @Test
  void whatIsNoTextIsRefused() throws Exception {
    Path latin = Files.write(folder.resolve("l"), "{} //é".getBytes(StandardCharsets.ISO_8859_1));
    for (Path file : new Path[] {latin, folder}) {
      assertThatThrownBy(() -> Profiles.load(file))
          .isExactlyInstanceOf(PsijException.class)
          .hasMessageStartingWith("Cannot read " + file);
    }
    assertThatThrownBy(() -> Profiles.load(Path.of("/dev/zero")))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageStartingWith("/dev/zero");
  }

  @Test
  void aFileThatSomebodyElseLeftIsNotUsed() throws Exception {
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
    Path file = write("profiles.json", "{}");
    ProfileFile project = new ProfileFile(file, List.of());
    project.requireTrusted();
    new ProfileFile(folder.resolve("none/none"), List.of()).requireTrusted();

    Files.setAttribute(file, "unix:uid", 12345);
    assertThatThrownBy(project::requireTrusted)
        .isInstanceOf(PsijException.class)
        .hasMessageContaining(file + " belongs to 12345, and not to you or root");
    Files.setAttribute(file, "unix:uid", 0);
    Files.setAttribute(folder, "unix:uid", 12345);
    assertThatThrownBy(project::requireTrusted).hasMessageContaining("belongs to 12345");
    Files.setAttribute(folder, "unix:uid", 0);
  }
}
