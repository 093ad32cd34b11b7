package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ScriptPreview;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class OptionsCommandTest {
  /** Options that bring others with them. */
  private static final List<String> WHOLE_JOBS = List.of("--spec", "--profile");

  @TempDir Path folder;
  private final CommandInThisJvm psij = new CommandInThisJvm();

  @Test
  void everyOptionOfAJobIsThereAsHelpHasItWithAnExample() throws Exception {
    assertThat(psij.run("run", "--help")).isZero();
    List<OptionSpec> options = CommandSpec.forAnnotatedObject(new JobOptions()).options();

    JsonNode listed = options("-e", "fake-scheduler");

    assertThat(each(listed).map(OptionsCommandTest::longName))
        .containsExactlyElementsOf(options.stream().map(OptionSpec::longestName).toList());
    for (JsonNode option : listed) {
      String label = option.get("label").isNull() ? "" : "=" + option.get("label").asText();
      assertThat(psij.out())
          .containsIgnoringWhitespaces(longName(option) + label + option.get("meaning").asText());
      assertThat(option.get("example").isNull())
          .as(longName(option))
          .isEqualTo(WHOLE_JOBS.contains(longName(option)));
    }
  }

  @Test
  void everyOptionHasATypeAndEveryNumberAUnit() throws Exception {
    assertThat(
            each(
                options("-e", "fake-scheduler", "--memory", "duration", "-l", "node-count", "env")))
        .extracting(option -> option.get("type").asText() + " " + option.get("unit").asText())
        .containsExactly(
            "memory bytes",
            "time minutes",
            "text null",
            "whole number nodes",
            "name and value null");
  }

  @Test
  void examplesBecomeWhatTheDocumentSays() throws Exception {
    List<String> seen = new ArrayList<>();
    for (JsonNode option : options()) {
      String name = longName(option);
      if (!WHOLE_JOBS.contains(name) && !name.equals("--attribute")) {
        List<String> row = DocumentedJob.field(method(name));
        List<String> dialects = DocumentedJob.dialects();
        for (int i = 0; i < dialects.size(); i++) {
          JsonNode effect = option.at("/schedulers/" + dialects.get(i));
          assertThat(documented(effect)).as(name + dialects).isEqualTo(row.get(i));
        }
        seen.add(name);
      }
    }
    assertThat(seen).hasSizeGreaterThan(20);
  }

  @Test
  void attributesBecomeWhatTheDocumentSays() throws Exception {
    JsonNode attribute = options("attribute").get(0);
    List<List<String>> rows =
        each(attribute.get("example"))
            .map(JsonNode::asText)
            .filter(word -> !word.startsWith("--"))
            .map(word -> DocumentedJob.attribute(word.substring(0, word.indexOf('='))))
            .toList();
    List<String> dialects = DocumentedJob.dialects();
    for (int i = 0; i < dialects.size(); i++) {
      int column = i;
      assertThat(documented(attribute.at("/schedulers/" + dialects.get(i))))
          .isEqualTo(
              rows.stream()
                  .map(row -> row.get(column))
                  .filter(cell -> !cell.equals("–"))
                  .collect(Collectors.joining(", ")));
    }
  }

  @Test
  void peopleSeeABlockForEachOption() {
    assertThat(psij.run("options", "-e", "slurm", "--memory", "launcher")).isZero();
    assertThat(psij.out().lines())
        .containsExactly(
            "--memory SIZE",
            "    Memory of the job in all: bytes, or as in 512M, 4GB, 2.5 GiB (powers of",
            "    1024).",
            "    type     memory (bytes)",
            "    example  --memory 4GiB",
            "    slurm    --mem=4096M",
            "",
            "-l, --launcher NAME",
            "    How the processes are started: see psij launchers. Default: single.",
            "    type     text",
            "    example  --launcher multiple",
            "    slurm    in the script");
  }

  @Test
  void linesFitATerminal() {
    assertThat(psij.run("options", "node-count")).isZero();
    assertThat(psij.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(psij.out())
        .contains(
            "    lsf             -n 2, -R span[ptile=1]\n",
            "    gridengine      refused: resources.node_count: only a parallel environment",
            "    fake-scheduler  -\n");
  }

  @Test
  void whatIsTheSameForAllIsSaidOnce() {
    ScriptPreview scheduler =
        job ->
            new ScriptPreview.Preview(
                "< " + job.getSpec().getStdinPath() + "\n",
                List.of("sub", "job.sh"),
                ResourceSpecV1.builder().build());
    JobOption stdin =
        JobOption.all().stream().filter(option -> option.isNamed("stdin")).findFirst().get();
    StringWriter out = new StringWriter();

    new OptionPage(stdin, Map.of("one", scheduler, "other", scheduler))
        .print(new PrintWriter(out, true), 80);

    assertThat(out.toString()).endsWith("    all      in the script\n").doesNotContain("one");
  }

  @Test
  void otherNameOfAnExecutorWillDo() {
    assertThat(psij.run("options", "-e", "sge", "no-inherit-environment")).isZero();
    assertThat(psij.out()).contains("    gridengine  no -V, in the script\n");
  }

  @Test
  void nothingIsLeftBehindAndNoSchedulerIsNeeded() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    ProcessBuilder builder = new PsijCommand(folder).builder("options", "memory");
    builder.environment().put("PATH", "/nonexistent");
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    PsijCommand.Result result = new PsijCommand(folder).result(builder.start());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("slurm", "pbs", "pbs_classic", "gridengine", "lsf");
    assertThat(folder.resolve(".psij")).doesNotExist();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(psij.run("options", "--memry")).isEqualTo(2);
    assertThat(psij.err()).contains("'--memry'", "psij options lists them");
    assertThat(psij.run("options", "-e", "local")).isEqualTo(2);
    assertThat(psij.err()).contains("'local' submits no script");
    assertThat(psij.run("options", "-e", "nope")).isEqualTo(2);
    assertThat(psij.err()).contains("Unknown executor 'nope'");
  }

  private JsonNode options(String... arguments) throws Exception {
    CommandInThisJvm command = new CommandInThisJvm();
    String[] all =
        Stream.concat(Stream.of("options", "--json"), Stream.of(arguments)).toArray(String[]::new);
    assertThat(command.run(all)).as(command.err()).isZero();
    return new ObjectMapper().readTree(command.out());
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String longName(JsonNode option) {
    return option.at("/names/" + (option.get("names").size() - 1)).asText();
  }

  /** What a job's builder calls an option. */
  private static String method(String option) {
    return switch (option) {
      case "--env" -> "environment";
      case "--no-inherit-environment" -> "inheritEnvironment";
      case "--stdin", "--stdout", "--stderr" -> option.substring(2) + "Path";
      default ->
          Pattern.compile("-([a-z])")
              .matcher(option.substring(2))
              .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    };
  }

  private static String documented(JsonNode effect) {
    if (!effect.get("refused").isNull()) {
      return "refused: " + effect.get("refused").asText();
    }
    List<String> words = new ArrayList<>();
    effect.get("added").forEach(option -> words.add("`" + option.asText() + "`"));
    effect.get("removed").forEach(option -> words.add("no `" + option.asText() + "`"));
    if (effect.get("in_script").asBoolean()) {
      words.add("in the script");
    }
    return words.isEmpty() ? "–" : String.join(", ", words);
  }
}
