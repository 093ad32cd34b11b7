package org.psij.executors.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.spi.Detection;
import org.psij.spi.Fit;
import org.psij.spi.Surroundings;

/** Finds out whether a scheduler is here and answers: by its commands, and nothing else. */
final class BatchDetection {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int LONGEST_QUOTE = 200;

  private final BatchExecutorDescriptor descriptor;
  private final BatchScheduler scheduler;
  private final PresenceDialect presence;
  private final Surroundings here;
  private final Duration limit;

  BatchDetection(BatchExecutorDescriptor descriptor, PresenceDialect presence, Surroundings here) {
    this(descriptor, presence, here, LIMIT);
  }

  /**
   * Says what is looked for.
   *
   * @param limit how long each command may take
   */
  BatchDetection(
      BatchExecutorDescriptor descriptor,
      PresenceDialect presence,
      Surroundings here,
      Duration limit) {
    this.descriptor = descriptor;
    this.scheduler = descriptor.getScheduler();
    this.presence = presence;
    this.here = here;
    this.limit = limit;
  }

  /** Gives what was found, or null if there is no sign of the scheduler. */
  @Nullable Detection detect() {
    Path configured =
        BatchExecutorConfig.of(here.getConfig(), descriptor.getName(), here::getVariable)
            .getCommandFolder();
    Path program =
        configured == null ? here.findCommand(presence.program()) : programIn(configured);
    String job = surroundingJob();
    if (program != null) {
      return detect(program.toAbsolutePath().getParent(), job);
    }
    String place = configured == null ? "PATH" : String.valueOf(configured);
    return configured == null && job == null
        ? null
        : none(job, "'" + presence.program() + "' is not in " + place);
  }

  private @Nullable Path programIn(Path folder) {
    Path program = folder.resolve(presence.program());
    return Files.isExecutable(program) ? program : null;
  }

  private @Nullable String surroundingJob() {
    List<String> variables = presence.variablesOfJobs();
    boolean inJob =
        variables.stream()
            .map(here::getVariable)
            .allMatch(value -> value != null && !value.isBlank());
    return inJob ? here.getVariable(variables.get(0)) : null;
  }

  private @Nullable Detection detect(@Nullable Path folder, @Nullable String job) {
    CommandRunner runner = new LocalCommandRunner(folder, scheduler::isHiddenFromCommands);
    PresenceDialect.Origin origin = PresenceDialect.Origin.OWN;
    if (!presence.originCommand().isEmpty()) {
      try {
        origin = presence.origin(runner.run(presence.originCommand(), limit));
      } catch (CommandException e) {
        return none(job, "nobody can tell whose the commands in " + folder + " are: " + quote(e));
      }
    }
    String own = "its commands are in " + folder;
    String others = "commands that stand in for its own are in " + folder;
    return switch (origin) {
      case FOREIGN -> null;
      case OWN -> asked(runner, job == null ? Fit.ANSWERS : Fit.ALLOCATION, own, job);
      case COMPATIBLE -> asked(runner, Fit.COMPATIBLE, others, job);
    };
  }

  private Detection asked(CommandRunner runner, Fit fit, String commands, @Nullable String job) {
    CommandResult answer;
    try {
      answer = runner.run(scheduler.listCommand(System.getProperty("user.name")), limit);
    } catch (CommandException e) {
      return e.isTimeout() ? silent(job, commands, quote(e)) : none(job, quote(e));
    }
    try {
      scheduler.parseList(answer);
      return Detection.of(fit, inside(job, "and", commands + ", and it answers"));
    } catch (CommandException e) {
      String words = answer.complaint();
      return presence.isWithoutCluster(words)
          ? none(job, commands + ", but know of no cluster: " + lastLine(words))
          : silent(job, commands, "exit code " + answer.exitCode() + ", " + lastLine(words));
    }
  }

  /**
   * In an allocation the job goes on without the scheduler. Elsewhere the cluster is waited for.
   */
  private Detection silent(@Nullable String job, String commands, String problem) {
    String reason = commands + ", but it does not answer now: " + problem;
    return job == null ? Detection.of(Fit.SILENT, reason) : none(job, reason);
  }

  private Detection none(@Nullable String job, String reason) {
    return Detection.of(Fit.NONE, inside(job, "but", reason));
  }

  private String inside(@Nullable String job, String conjunction, String reason) {
    return job == null
        ? reason
        : "inside allocation "
            + quote(job)
            + " of "
            + descriptor.getNiceName()
            + ", "
            + conjunction
            + " "
            + reason;
  }

  private static String quote(CommandException e) {
    return quote(String.valueOf(e.getMessage()));
  }

  /** What went wrong comes after what led to it. */
  private static String lastLine(String words) {
    return quote(words.strip().replaceFirst("(?s).*\\R", ""));
  }

  /** Words from outside must not control a terminal. */
  private static String quote(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("\\p{Cc}", "?");
    return line.length() <= LONGEST_QUOTE
        ? line
        : "…" + line.substring(line.length() - LONGEST_QUOTE);
  }
}
