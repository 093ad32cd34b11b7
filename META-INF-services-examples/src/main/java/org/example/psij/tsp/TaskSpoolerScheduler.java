package org.example.psij.tsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.ResourceSpecV1;
import org.psij.SubmitException;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.Directive;
import org.psij.executors.batch.Directives;
import org.psij.executors.batch.StatusListing;
import org.psij.executors.work.ScriptTemplate;

/**
 * The dialect of task spooler 1.0, by its manual page tsp(1): one queue for each user on one
 * machine.
 *
 * <p>The machine stands for all nodes of a job. Memory is not counted, as on the machine itself.
 * The walltime is kept by timeout(1). A job has as many slots as cores, so it waits for ever if the
 * queue ({@code tsp -S}) has fewer. Queues, accounts, reservations, GPUs and exclusive use are
 * refused.
 */
final class TaskSpoolerScheduler implements BatchScheduler {
  /** Options of a new job that change neither where its output goes nor what tsp prints. */
  private static final Set<String> OPTIONS = Set.of("L", "N", "D", "d", "m");

  /** Ends a job in whatever state it is; takes the id. */
  private static final String CANCEL =
      "case $1 in ''|*[!0-9]*) exit 0 ;; esac; state=$(tsp -s \"$1\") || exit;"
          + " case $state in"
          + " running) exec tsp -k \"$1\" ;;"
          + " queued) tsp -r \"$1\" || exec tsp -k \"$1\" ;;"
          + " esac";

  private static final ScriptTemplate HEAD =
      new ScriptTemplate(TaskSpoolerScheduler.class, "tsp.sh.mustache");

  TaskSpoolerScheduler() {}

  @Override
  public Set<String> attributePrefixes() {
    return Set.of("tsp");
  }

  @Override
  public String scriptHead(BatchJob job) {
    options(job);
    return HEAD.render(Map.of("processCount", job.resources().getComputedProcessCount()));
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script) {
    List<String> command = new ArrayList<>(List.of("tsp", "-B"));
    for (Directive option : options(job)) {
      command.add("-" + option.key());
      if (option.value() != null) {
        command.add(option.value());
      }
    }
    command.addAll(List.of("timeout", "--kill-after=10", seconds(job), "/bin/bash", script));
    return command;
  }

  private List<Directive> options(BatchJob job) {
    refuseWhatTheQueueDoesNotHave(job);
    List<Directive> options =
        new Directives()
            .add("L", job.givenName() == null ? job.programName() : job.givenName())
            .add("N", slots(job.resources()))
            .customize(job, this, UnaryOperator.identity())
            .list();
    options.forEach(TaskSpoolerScheduler::check);
    return options;
  }

  private static void refuseWhatTheQueueDoesNotHave(BatchJob job) {
    JobAttributes attributes = job.attributes();
    refuse("attributes.queue_name", attributes.getQueueName());
    refuse("attributes.account", attributes.getAccount());
    refuse("attributes.reservation_id", attributes.getReservationId());
    Integer gpus = job.resources().getGpuCoresPerProcess();
    refuse("resources.gpu_cores_per_process", gpus == null || gpus == 0 ? null : gpus);
    refuse("resources.exclusive_node_use", job.resources().isExclusiveNodeUse() ? true : null);
  }

  private static void refuse(String field, @Nullable Object value) {
    if (value != null) {
      throw new InvalidJobException(field, "task spooler has no such thing, was '" + value + "'");
    }
  }

  private static void check(Directive option) {
    String field =
        option.key().equals("L") ? "name" : "attributes.custom_attributes.tsp." + option.key();
    if (!OPTIONS.contains(option.key())) {
      throw new InvalidJobException(field, "may be one of " + new TreeSet<>(OPTIONS));
    }
    String value = option.value();
    if (value != null && value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidJobException(field, "must not hold control characters, was '" + value + "'");
    }
  }

  private static @Nullable Long slots(ResourceSpecV1 resources) {
    Integer cores = resources.getCpuCoresPerProcess();
    long slots = (long) resources.getComputedProcessCount() * (cores == null ? 1 : cores);
    if (slots > Integer.MAX_VALUE) {
      throw new InvalidJobException("resources", "too many cores: " + slots);
    }
    return slots == 1 ? null : Long.valueOf(slots);
  }

  private static String seconds(BatchJob job) {
    if (job.attributes().getDuration().isZero()) {
      throw new InvalidJobException("attributes.duration", "must be longer than zero");
    }
    return String.valueOf(job.attributes().getDuration().plusNanos(999_999_999).toSeconds());
  }

  @Override
  public String parseSubmission(CommandResult result) {
    String id = result.stdout().strip();
    if (result.exitCode() == 0 && id.matches("\\d{1,9}")) {
      return id;
    }
    CommandException cause = new CommandException("tsp named no job", result);
    if (result.exitCode() == 0) {
      throw SubmitException.ofUnknownOutcome("tsp did not name the job: " + id, cause);
    }
    throw refusal("tsp did not take the job: ", result, cause);
  }

  private static SubmitException refusal(
      String problem, CommandResult result, CommandException cause) {
    String complaint = result.complaint();
    boolean passes = complaint.contains("server") || complaint.contains("queue full");
    return passes
        ? SubmitException.ofTransient(problem + complaint, cause)
        : new SubmitException(problem + complaint, cause);
  }

  @Override
  public List<String> statusCommand(List<String> nativeIds) {
    return List.of("tsp", "-l");
  }

  @Override
  public StatusListing parseStatus(CommandResult result) {
    return TaskSpoolerListing.read(result).statuses();
  }

  @Override
  public List<List<String>> accountingCommands(List<String> nativeIds) {
    return nativeIds.stream()
        .filter(id -> id.matches("\\d{1,9}"))
        .map(id -> List.of("tsp", "-i", id))
        .toList();
  }

  @Override
  public StatusListing parseAccounting(CommandResult result) {
    return TaskSpoolerInfo.read(result);
  }

  @Override
  public List<String> cancelCommand(String nativeId) {
    return List.of("sh", "-c", CANCEL, "tsp-cancel", nativeId);
  }

  @Override
  public void checkCancellation(CommandResult result) {
    boolean gone =
        result.stderr().contains("cannot be stated")
            || result.stderr().contains("not finished or not running");
    if (result.exitCode() != 0 && !gone) {
      throw refusal(
          "tsp did not end the job: ", result, new CommandException("tsp failed", result));
    }
  }

  @Override
  public List<String> listCommand(String user) {
    return List.of("tsp", "-l");
  }

  @Override
  public List<String> parseList(CommandResult result) {
    return TaskSpoolerListing.read(result).unended();
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code TS_ENV} names a command whose output {@code tsp -i} shows.
   */
  @Override
  public boolean isHiddenFromCommands(String variable) {
    return variable.equals("TS_ENV");
  }
}
