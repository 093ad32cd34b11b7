package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;

/** docs/schedulers.md says what becomes of each field; this is where its tables come from. */
final class FieldTableTest {
  private static final List<String> DIALECTS =
      List.of("slurm", "pbs", "pbs_classic", "gridengine", "lsf");

  @TempDir Path folder;
  private final Map<String, JobExecutor> executors = new LinkedHashMap<>();

  @BeforeEach
  void openAllDialects() {
    for (String name : DIALECTS) {
      BatchExecutorConfig config =
          BatchExecutorConfig.builder().workDirectory(folder).withoutHints().build();
      executors.put(name, JobExecutor.getInstance(name, null, null, config));
    }
  }

  @AfterEach
  void closeAll() {
    executors.values().forEach(JobExecutor::close);
  }

  @Test
  void everyDialectHasAColumn() {
    assertThat(
            java.util.ServiceLoader.load(org.psij.spi.ExecutorDescriptor.class).stream()
                .map(provider -> provider.get())
                .filter(BatchExecutorDescriptor.class::isInstance)
                .map(descriptor -> descriptor.getName()))
        .containsExactlyInAnyOrderElementsOf(DIALECTS);
  }

  @Test
  void everyFieldHasARow() {
    assertThat(SampleField.all().stream().map(SampleField::method).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    JobSpec.Builder.class,
                    ResourceSpecV1.Builder.class,
                    JobAttributes.Builder.class)
                .flatMap(builder -> Stream.of(builder.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType().equals(method.getDeclaringClass()))
                .map(Method::getName)
                .filter(name -> !name.matches("resources|attributes|customAttributes?|defaults"))
                .collect(Collectors.toSet()));
  }

  @Test
  void fieldsBecomeWhatTheDocumentSays() {
    requireTable("fields", "field", quoted(SampleField.all()));
  }

  @Test
  void layoutsBecomeWhatTheDocumentSays() {
    requireTable("layouts", "resources", SampleField.layouts());
  }

  @Test
  void customAttributesBecomeWhatTheDocumentSays() {
    requireTable("custom attributes", "attribute", SampleField.customs());
  }

  @Test
  void refusalsAreThoseOfTheDocument() {
    requireTable("refusals", "value", SampleField.refusals());
  }

  private static List<SampleField> quoted(List<SampleField> fields) {
    return fields.stream()
        .map(field -> new SampleField("`" + field.label() + "`", field.setting()))
        .toList();
  }

  private void requireTable(String name, String head, List<SampleField> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        DocumentTable.row(
            Stream.concat(Stream.of(head), DIALECTS.stream().map(d -> "`" + d + "`")).toList()));
    lines.add(DocumentTable.rule(DIALECTS.size() + 1));
    rows.forEach(row -> lines.add(DocumentTable.row(cells(row))));
    new DocumentTable("schedulers.md", name).requireLines(lines);
  }

  private List<String> cells(SampleField field) {
    List<String> cells = new ArrayList<>(List.of(field.label()));
    executors.values().forEach(executor -> cells.add(cell(executor, field)));
    return cells;
  }

  private static String cell(JobExecutor executor, SampleField field) {
    ScriptPreview scheduler = executor.capability(ScriptPreview.class).orElseThrow();
    try {
      List<String> words =
          SubmissionDifference.between(
                  scheduler, JobSpec.builder("/bin/prog").build(), field.spec())
              .words(option -> "`" + option + "`");
      return words.isEmpty() ? "–" : readable(String.join(", ", words));
    } catch (InvalidJobException e) {
      return readable("refused: " + e.getMessage());
    }
  }

  /** Without what would break a table, or is very long. */
  private static String readable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?").replaceAll("(n{5})n+", "$1…").replace("|", "\\|");
  }
}
