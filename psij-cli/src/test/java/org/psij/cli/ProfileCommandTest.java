package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles of a user and of a project, and what goes before what. */
final class ProfileCommandTest {
  @TempDir Path folder;
  private PsijCommand psij;

  @BeforeEach
  void create() {
    psij = new PsijCommand(folder);
  }

  private PsijCommand.Result run(Map<String, String> variables, String... arguments)
      throws Exception {
    ProcessBuilder builder = psij.builder(arguments);
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().keySet().removeAll(List.of("PSIJ_PROFILE", "PSIJ_EXECUTOR"));
    builder.environment().putAll(variables);
    return psij.result(builder.start());
  }

  private PsijCommand.Result run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private void user(String profiles) throws Exception {
    write("config/psij/profiles.json", profiles);
  }

  private void write(String file, String profiles) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "{\"profiles\": {" + profiles.replace('\'', '"') + "}}");
  }

  @Test
  void whatIsSetIsShownAndUsed() throws Exception {
    user("'large': {'environment': {'A': '1'}}");
    String set = "profile set large -e slurm --duration 10m --memory 1024 -- /bin/echo --project";
    assertThat(run(set.split(" ", -1))).isEqualTo(new PsijCommand.Result(0, "", ""));
    assertThat(run("profile", "show", "large").out())
        .isEqualTo(
            """
            {
              "executor": "slurm",
              "executable": "/bin/echo",
              "arguments": [ "--project" ],
              "environment": {
                "A": "1"
              },
              "resources": {
                "memory": 1024
              },
              "attributes": {
                "duration": "00:10:00"
              }
            }
            """);
    Map<String, String> variables = Map.of("PSIJ_PROFILE", "large", "PSIJ_EXECUTOR", "nowhere");
    assertThat(run(variables, "run", "-q", "-e", "local").out()).isEqualTo("--project\n");
    assertThat(run("profile", "remove", "large").exitCode()).isZero();
    assertThat(folder.resolve("config/psij/profiles.json")).content().doesNotContain("large");
  }

  @Test
  void theCommandLineGoesBeforeADocumentAndThatBeforeAProfile() throws Exception {
    user(
        "'p': {'launcher': 'profile', 'name': 'profile', 'attributes': {'queue_name': 'profile'},"
            + " 'environment': {'A': 'profile', 'B': 'profile'}}");
    Files.writeString(
        folder.resolve("job.json"),
        "{\"executable\": \"a\", \"arguments\": [\"b\"], \"name\": \"document\","
            + " \"launcher\": \"document\", \"environment\": {\"B\": \"document\"}}");
    PsijCommand.Result result =
        run("spec", "--profile", "p", "--spec", "job.json", "--name", "option");
    assertThat(result.out())
        .isEqualTo(
            "{\"executable\":\"a\",\"arguments\":[\"b\"],\"name\":\"option\","
                + "\"environment\":{\"A\":\"profile\",\"B\":\"document\"},"
                + "\"attributes\":{\"queue_name\":\"profile\"},\"launcher\":\"document\"}\n");
  }

  @Test
  void theExecutorIsThatOfTheCommandLineOrTheEnvironmentOrTheProfile() throws Exception {
    user("'p': {'executor': 'of-profile'}");
    Map<String, String> variables = Map.of("PSIJ_PROFILE", "p", "PSIJ_EXECUTOR", "of-environment");
    assertThat(run("list", "--profile", "p").err()).contains("of-profile");
    assertThat(run(variables, "list").err()).contains("of-environment");
  }

  @Test
  void profilesOfTheProjectGoBeforeThoseOfTheUser() throws Exception {
    user("'a': {'executor': 'user'}, 'b': {}");
    write(".psij/profiles.json", "'a': {'executor': 'project'}");
    run("profile", "set", "--project", "c", "--extends", "a,b");
    assertThat(run("profile", "list").out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "NAME EXECUTOR FROM",
            "a project " + folder + "/.psij/profiles.json",
            "b - " + folder + "/config/psij/profiles.json",
            "c project " + folder + "/.psij/profiles.json");
  }

  @Test
  void aBrokenFileIsReportedToThoseWhoUseIt() throws Exception {
    user("'p':\n {'launcher': 1}");
    assertThat(run("spec", "--profile", "p", "a"))
        .isEqualTo(
            new PsijCommand.Result(
                2,
                "",
                "psij: "
                    + folder
                    + "/config/psij/profiles.json, line 2, column 3: profile 'p': launcher:"
                    + " expected a string, was number 1\n"));
    Map<String, String> empty = Map.of("PSIJ_PROFILE", "", "PSIJ_EXECUTOR", "");
    assertThat(run(empty, "list").exitCode()).isZero();
  }
}
