package org.psij.executors.batch;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.psij.JobState;
import org.psij.SubmitException;

/**
 * A dialect made for tests, for schedulers that are not there: its commands are {@code status} and
 * {@code accounting} with ids, its answers lines of an id and a state.
 */
final class CountedScheduler implements BatchScheduler {
  @Override
  public Set<String> attributePrefixes() {
    return Set.of("counted");
  }

  @Override
  public String scriptHead(BatchJob job) {
    return "#!/bin/bash\n";
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script) {
    return List.of("submit", script);
  }

  @Override
  public String parseSubmission(CommandResult result) {
    throw new SubmitException("nothing is submitted here", null);
  }

  @Override
  public List<String> statusCommand(List<String> nativeIds) {
    return List.of("status", String.join(",", nativeIds));
  }

  @Override
  public StatusListing parseStatus(CommandResult result) {
    if (result.exitCode() != 0) {
      throw new CommandException("Cannot ask", result);
    }
    boolean isComplete = result.stdout().lines().allMatch(CountedScheduler::isRow);
    return StatusListing.of(rows(result), Set.of(), isComplete);
  }

  private static boolean isRow(String line) {
    return line.contains(" ");
  }

  private static Map<String, NativeStatus> rows(CommandResult result) {
    return result
        .stdout()
        .lines()
        .filter(CountedScheduler::isRow)
        .map(line -> List.of(line.split(" ", -1)))
        .collect(
            Collectors.toMap(
                row -> row.get(0),
                row -> NativeStatus.builder(row.get(1), JobState.fromName(row.get(1))).build(),
                (a, b) -> b,
                LinkedHashMap::new));
  }

  @Override
  public List<List<String>> accountingCommands(List<String> nativeIds) {
    return List.of(List.of("accounting", String.join(",", nativeIds)));
  }

  @Override
  public StatusListing parseAccounting(CommandResult result) {
    return parseStatus(result);
  }

  @Override
  public List<String> cancelCommand(String nativeId) {
    return List.of("cancel", nativeId);
  }

  @Override
  public void checkCancellation(CommandResult result) {}

  @Override
  public List<String> listCommand(String user) {
    return List.of("list", user);
  }

  @Override
  public List<String> parseList(CommandResult result) {
    return List.of();
  }

  @Override
  public boolean isHiddenFromCommands(String variable) {
    return false;
  }

  static CommandResult answer(List<String> command, String... rows) {
    return new CommandResult(
        command, 0, Arrays.stream(rows).collect(Collectors.joining("\n")), "", Duration.ZERO);
  }
}
