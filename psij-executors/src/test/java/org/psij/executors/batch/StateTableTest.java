package org.psij.executors.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.psij.spi.ExecutorDescriptor;

/** docs/schedulers.md says what native states mean; this is where its tables come from. */
final class StateTableTest {
  @Test
  void statesOfSlurmMeanWhatTheDocumentSays() {
    requireTable("slurm", SampleState.slurm());
  }

  @Test
  void statesOfOpenPbsMeanWhatTheDocumentSays() {
    requireTable("pbs", SampleState.pbs());
  }

  @Test
  void statesOfTorqueMeanWhatTheDocumentSays() {
    requireTable("pbs_classic", SampleState.torque());
  }

  @Test
  void statesOfGridEngineMeanWhatTheDocumentSays() {
    requireTable("gridengine", SampleState.gridEngine());
  }

  @Test
  void statesOfLsfMeanWhatTheDocumentSays() {
    requireTable("lsf", SampleState.lsf());
  }

  private static void requireTable(String dialect, List<SampleState> states) {
    BatchScheduler scheduler = scheduler(dialect);
    List<String> lines = new ArrayList<>();
    lines.add(DocumentTable.row(List.of(dialect + " says", "state", "cause", "exit code")));
    lines.add(DocumentTable.rule(4));
    states.forEach(
        state -> lines.add(DocumentTable.row(cells(state.label(), read(scheduler, state)))));
    new DocumentTable("schedulers.md", "states of " + dialect).requireLines(lines);
  }

  private static BatchScheduler scheduler(String name) {
    return ServiceLoader.load(ExecutorDescriptor.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(descriptor -> descriptor.getName().equals(name))
        .map(BatchExecutorDescriptor.class::cast)
        .findFirst()
        .orElseThrow()
        .getScheduler();
  }

  private static @Nullable NativeStatus read(BatchScheduler scheduler, SampleState state) {
    List<String> ids = List.of("7");
    List<String> command =
        state.fromAccounting()
            ? scheduler.accountingCommands(ids).get(0)
            : scheduler.statusCommand(ids);
    CommandResult result = new CommandResult(command, 0, state.output(), "", Duration.ZERO);
    return (state.fromAccounting()
            ? scheduler.parseAccounting(result)
            : scheduler.parseStatus(result))
        .get("7");
  }

  private static List<String> cells(String label, @Nullable NativeStatus status) {
    if (status == null) {
      return List.of(label, "no end, looks on", "–", "–");
    }
    String state = status.state() == null ? "unknown, changes nothing" : status.state().name();
    String condition =
        status.condition() == NativeStatus.Condition.NORMAL
            ? ""
            : ", " + status.condition().name().toLowerCase(Locale.ROOT);
    return List.of(label, state + condition, orNone(status.cause()), orNone(status.exitCode()));
  }

  private static String orNone(@Nullable Object value) {
    return value == null ? "–" : value.toString();
  }
}
