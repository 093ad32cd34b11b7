package org.psij.executors.batch.slurm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.Directives;

/** What a job asks of sbatch(1), as the lines that stand behind {@code #SBATCH}. */
final class SlurmDirectives {
  private static final int LONGEST_NAME = 1024;
  private static final int LONGEST_DEFAULT_NAME = 100;

  /**
   * Newer versions know this word: as {@code NONE}, but without loading the environment of a login
   * shell, which takes seconds and may fail. To older ones it is the name of a variable, which
   * nobody sets.
   */
  private static final String EXPORT_NOTHING = "NIL";

  private final BatchJob job;
  private final SlurmScheduler scheduler;

  SlurmDirectives(BatchJob job, SlurmScheduler scheduler) {
    this.job = job;
    this.scheduler = scheduler;
  }

  List<String> lines() {
    JobAttributes attributes = job.attributes();
    Directives directives =
        new Directives()
            .add("job-name", name())
            .add("output", "/dev/null")
            .add("error", "/dev/null")
            .add("export", job.spec().isInheritEnvironment() ? "ALL" : EXPORT_NOTHING)
            .add("time", SlurmTime.limit(attributes.getDuration()))
            .add("partition", checked("attributes.queue_name", attributes.getQueueName()))
            .add("account", checked("attributes.account", attributes.getAccount()))
            .add(
                "reservation", checked("attributes.reservation_id", attributes.getReservationId()));
    new SlurmResources(job.resources()).addTo(directives);
    return directives.customize(job, scheduler, SbatchOption::canonical).list().stream()
        .map(
            directive ->
                SbatchArgument.option(
                    directive.key(),
                    directive.value(),
                    "attributes.custom_attributes.slurm." + directive.key()))
        .toList();
  }

  private String name() {
    String given = job.givenName();
    if (given == null) {
      return defaultName();
    }
    if (given.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new InvalidJobException(
          "name",
          "must not be longer than " + LONGEST_NAME + " bytes in Slurm, was '" + given + "'");
    }
    return String.valueOf(checked("name", given));
  }

  private String defaultName() {
    String name = job.programName().replaceAll("\\p{Cc}", "_");
    return name.codePoints()
        .limit(LONGEST_DEFAULT_NAME)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static @Nullable String checked(String field, @Nullable String value) {
    if (value != null) {
      SbatchArgument.option("", value, field);
    }
    return value;
  }
}
