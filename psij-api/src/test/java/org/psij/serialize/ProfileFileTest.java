package org.psij.serialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.PsijException;
import org.psij.ResourceSpecV1;

class ProfileFileTest {
  private static final JobSpec NOTHING = JobSpec.builder().build();

  private static final String COMMENTED =
      """
      // mine, all mine
      {
        "profiles": { # here they are
          /* a, */ "a": {"launcher": "x"}, // a, b
          "b": {"launcher": "x"} // b
          // c, c
          , "c" : {"extends": "a",
              "resources": {"node_count": 2}} # c
        } // end
      }
      """;

  @TempDir private Path folder;
  private Path path;
  private ProfileFile file;

  @BeforeEach
  void name() {
    path = folder.resolve("config/psij/profiles.json");
    file = new ProfileFile(path, List.of());
  }

  private void write(String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Profile profile(String name) {
    return Profiles.load(path).get(name);
  }

  @Test
  void aNewFileIsForItsUserOnly() throws Exception {
    file.set("a", "slurm", List.of(), JobSpec.builder().launcher("srun").build());
    assertThat(path)
        .content()
        .isEqualTo(
            """
            {
              "profiles": {
                "a": {
                  "executor": "slurm",
                  "launcher": "srun"
                }
              }
            }
            """);
    assertThat(permissions(path)).isEqualTo("rw-------");
    assertThat(permissions(path.getParent())).isEqualTo("rwx------");
    assertThat(path.getParent()).isDirectoryContaining(path::equals);
    assertThat(path.getParent().toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{ // nothing\n}", "{\"profiles\": {}}", "{\"profiles\":{/**/}}#"})
  void anEmptyFileTakesAProfile(String text) throws Exception {
    write(text);
    file.set("a", "slurm", List.of(), NOTHING);
    assertThat(profile("a").getExecutor()).isEqualTo("slurm");
    file.remove("a");
    assertThat(Profiles.load(path).names()).isEmpty();
  }

  @Test
  void valuesAreAddedToThoseThatAProfileHas() {
    file.set("base", null, List.of(), NOTHING);
    file.set("b2", null, List.of(), NOTHING);
    JobSpec first =
        JobSpec.builder("/bin/a")
            .arguments("x")
            .environmentVariable("A", "1")
            .resources(ResourceSpecV1.builder().processCount(6).memory(1000L).build())
            .attributes(JobAttributes.builder().duration(Duration.ofHours(2)).build())
            .build();
    file.set("a", "slurm", List.of("base", "b2"), first);
    assertThat(path).content().contains("\"extends\": [ \"base\", \"b2\" ]");
    assertThat(profile("a").getDefaults()).isEqualTo(first);

    JobSpec second =
        JobSpec.builder("/bin/b")
            .environmentVariable("B", "2")
            .resources(ResourceSpecV1.builder().nodeCount(2).processesPerNode(2).build())
            .attributes(JobAttributes.builder().duration(Duration.ofMinutes(10)).build())
            .build();
    file.set("a", null, List.of("base"), second);
    assertThat(path).content().contains("\"extends\": \"base\"", "\"duration\": \"00:10:00\"");
    assertThat(profile("a").getExecutor()).isEqualTo("slurm");
    assertThat(profile("a").getDefaults())
        .isEqualTo(
            second.toBuilder()
                .environmentVariable("A", "1")
                .resources(
                    ResourceSpecV1.builder().nodeCount(2).processesPerNode(2).memory(1000L).build())
                .build());
  }

  @Test
  void theRestOfTheFileStaysAsItIs() throws Exception {
    write(COMMENTED);
    file.set("a", "pbs", List.of(), NOTHING);
    file.set("d", null, List.of(), JobSpec.builder().name("é").build());
    assertThat(path)
        .content()
        .isEqualTo(
            COMMENTED
                .replace(
                    "\"a\": {\"launcher\": \"x\"}",
                    "\"a\": {\n      \"launcher\": \"x\",\n      \"executor\": \"pbs\"\n    }")
                .replace("2}} # c\n", "2}}, # c\n    \"d\": {\n      \"name\": \"é\"\n    }\n"));
    file.remove("d");
    assertThat(path).content().endsWith("2}} # c\n  } // end\n}\n");
  }

  @ParameterizedTest
  @CsvSource({"b;c;a", "c;b;a", "c;a;b"})
  void removalKeepsAllComments(String order) throws Exception {
    write(COMMENTED);
    for (String name : order.split(";", -1)) {
      file.remove(name);
      assertThat(Profiles.load(path).names()).doesNotContain(name);
    }
    assertThat(path)
        .content()
        .contains("// mine, all mine", "# here", "/* a, */", "// a, b", "// b", "// c, c", "# c");
  }

  @Test
  void commentsInsideAreNotLost() throws Exception {
    write("{\"profiles\": {\"a\": {\"launcher\": \"x\" /* y */}}}");
    assertThatThrownBy(() -> file.set("a", "pbs", List.of(), NOTHING))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("comments inside");
    write("{\"profiles\": {\"a\": {\"launcher\": \"x // # /* y */\"}}}");
    file.set("a", "pbs", List.of(), NOTHING);
    assertThat(profile("a").getDefaults().getLauncher()).isEqualTo("x // # /* y */");
  }

  @Test
  void whatWouldBeBrokenIsNotWritten() throws Exception {
    write(COMMENTED);
    assertThatThrownBy(() -> file.remove("a"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("is left as it is: profile 'c': extends: no profile 'a'");
    assertThatThrownBy(() -> file.set("d", null, List.of("nope"), NOTHING))
        .hasMessageContaining("no profile 'nope'");
    assertThatThrownBy(() -> file.set("a", null, List.of("c"), NOTHING))
        .hasMessageContaining("a cycle");
    assertThatThrownBy(() -> file.set("a\"", null, List.of(), NOTHING))
        .hasMessageContaining("the name of a profile");
    assertThatThrownBy(() -> file.remove("nope"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known there: a, b, c");
    assertThat(path).content().isEqualTo(COMMENTED);
    write("{\"profiles\": {\"a\": 1}}");
    assertThatThrownBy(() -> file.set("b", "pbs", List.of(), NOTHING))
        .hasMessageContaining("line 1, column 15");
    assertThat(path.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void aProjectExtendsWhatItsUserHas() throws Exception {
    file.set("base", "slurm", List.of(), NOTHING);
    Path path = folder.resolve("project.json");
    new ProfileFile(path, List.of(this.path)).set("p", null, List.of("base"), NOTHING);
    assertThat(Profiles.load(this.path, path).get("p").getExecutor()).isEqualTo("slurm");
  }

  @Test
  void aLinkAndThePermissionsStay() throws Exception {
    Path target = Files.writeString(folder.resolve("dotfile"), "{}");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
    Files.createDirectories(path.getParent());
    Files.createSymbolicLink(path, target);
    file.set("a", "pbs", List.of(), NOTHING);
    assertThat(path).isSymbolicLink();
    assertThat(Profiles.load(target).get("a").getExecutor()).isEqualTo("pbs");
    assertThat(permissions(target)).isEqualTo("rw-r-----");
  }

  @Test
  void onlyOneAtATimeChangesAFile() throws Exception {
    write("{}");
    Path lock = Files.createFile(path.resolveSibling("profiles.json.lock"));
    assertThatThrownBy(() -> file.set("a", "pbs", List.of(), NOTHING))
        .isExactlyInstanceOf(PsijException.class)
        .hasMessageContaining("Somebody else is changing " + path)
        .hasMessageContaining("remove " + lock);
    assertThat(lock).exists();
    assertThat(path).hasContent("{}");
  }

  @Test
  void jsonOfAProfileCanStandInAFile() throws Exception {
    write(COMMENTED);
    String json = profile("c").toJson();
    assertThat(json).contains("\"launcher\": \"x\"").doesNotContain("extends", "attributes");
    write("{\"profiles\": {\"same\": " + json + "}}");
    assertThat(profile("same").getDefaults())
        .isEqualTo(
            JobSpec.builder()
                .launcher("x")
                .resources(ResourceSpecV1.builder().nodeCount(2).build())
                .build());
  }
}
