package org.psij.executors.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.psij.ResourceStatus;
import org.psij.ResourceSummary;
import org.psij.SubmitException;

/** Asks a scheduler for its resources. Safe for use by many threads. */
final class SchedulerResources implements ResourceStatus {
  private final BatchScheduler scheduler;
  private final ResourceDialect dialect;
  private final CommandRunner runner;
  private final Duration timeout;

  SchedulerResources(
      BatchScheduler scheduler, ResourceDialect dialect, CommandRunner runner, Duration timeout) {
    this.scheduler = scheduler;
    this.dialect = dialect;
    this.runner = runner;
    this.timeout = timeout;
  }

  @Override
  public ResourceSummary look() {
    Instant start = Instant.now();
    try {
      List<CommandResult> answers = new ArrayList<>();
      for (List<String> command : dialect.commands()) {
        answers.add(runner.run(command, timeout));
      }
      return dialect
          .parse(answers, System.getProperty("user.name"))
          .time(start)
          .overridingAttributes(overridingAttributes())
          .build();
    } catch (CommandException e) {
      throw SubmitException.ofTransient(
          "The scheduler does not tell its resources: " + e.getMessage(), e);
    }
  }

  private Set<String> overridingAttributes() {
    return scheduler.attributePrefixes().stream()
        .flatMap(prefix -> dialect.overridingOptions().stream().map(each -> prefix + "." + each))
        .collect(Collectors.toSet());
  }
}
