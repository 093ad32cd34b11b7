package org.psij.executors.batch.pbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayIds;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.PresenceDialect;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ResourceDialect;
import org.psij.executors.batch.ScriptDialect;
import org.psij.executors.batch.StatusListing;
import org.psij.executors.work.ScriptTemplate;

/**
 * OpenPBS and PBS Professional, as in qsub(1B), qstat(1B), qdel(1B), qselect(1B), and
 * pbs_resources(7B).
 *
 * <ul>
 *   <li>Each node is a chunk of {@code -l select}, with {@code mpiprocs} for its processes and an
 *       equal part of the memory. Several chunks are scattered over as many hosts. GPUs are {@code
 *       ngpus}. Exclusive use is {@code place=exclhost}.
 *   <li>The account is {@code -A}; a project is a custom attribute, {@code pbs.P}.
 *   <li>A reservation is a queue of its own, so that a job with one has no other queue.
 *   <li>The queue is asked with {@code qstat -E}, without which some versions print only the first
 *       of several jobs, and which leaves out the jobs that are not known. What has ended is
 *       accounting: {@code qstat -x} fails where the server keeps no history.
 * </ul>
 */
final class PbsScheduler implements BatchScheduler {
  private static final ScriptDialect SCRIPTS =
      ScriptDialect.builder("#PBS", "qsub")
          .array("-J.*")
          .waiting("-I|(-W)?(.*,)?block=.*")
          .withoutId("-z")
          .build();
  private static final ResourceDialect RESOURCES = new PbsCluster();

  private static final String PREFIX = "pbs";

  /** The last word before the ids. */
  private static final String FORMAT = "json";

  private static final Set<Integer> ANSWERED = Set.of(0, Answers.UNKNOWN_JOB, Answers.FINISHED_JOB);

  /** So many tasks of an array are listed alone: the array as a whole has those that have ended. */
  private static final int FEW = 20;

  private final ArrayDialect arrays = new PbsArrays();
  private final QueueDialect queue = new PbsQueue();
  private final ScriptTemplate template = new ScriptTemplate(PbsScheduler.class, "pbs.sh.mustache");

  @Override
  public Set<String> attributePrefixes() {
    return Set.of(PREFIX);
  }

  @Override
  public String scriptHead(BatchJob job) {
    Allocation allocation = new Allocation(job.resources());
    boolean given = job.spec().getResources() != null;
    List<String> lines =
        new QsubOptions(job, JobName.PBS.of(job))
                .add("q", destination(job.attributes()))
                .add("l.select", given ? select(allocation) : null)
                .add("l.place", place(allocation, job.resources().isExclusiveNodeUse()))
                .customize(this)
                .stream()
                .map(QsubOptions::line)
                .toList();
    return template.render(
        Map.of(
            "directives", lines,
            "processes", allocation.processes(),
            "processesPerNode", allocation.processesPerNode()));
  }

  private static @Nullable String destination(JobAttributes attributes) {
    String queue = QsubOptions.carriable("attributes.queue_name", attributes.getQueueName());
    String reservation =
        QsubOptions.carriable("attributes.reservation_id", attributes.getReservationId());
    if (reservation == null) {
      return queue;
    }
    String ownQueue = reservation.replaceFirst("\\..*", "");
    if (queue != null && !queue.equals(ownQueue)) {
      throw new InvalidJobException(
          "attributes.reservation_id",
          "a reservation of PBS is a queue of its own: the job cannot go to '"
              + reservation
              + "' and to the queue '"
              + queue
              + "'");
    }
    return ownQueue;
  }

  private static String select(Allocation allocation) {
    StringBuilder select = new StringBuilder();
    select.append(allocation.nodes());
    select.append(":ncpus=").append(allocation.coresPerNode());
    select.append(":mpiprocs=").append(allocation.processesPerNode());
    if (allocation.gpusPerNode() > 0) {
      select.append(":ngpus=").append(allocation.gpusPerNode());
    }
    String memory = allocation.memoryPerNode();
    if (memory != null) {
      select.append(":mem=").append(memory);
    }
    return select.toString();
  }

  private static @Nullable String place(Allocation allocation, boolean exclusive) {
    boolean scatter = allocation.nodes() > 1;
    if (scatter) {
      return exclusive ? "scatter:exclhost" : "scatter";
    }
    return exclusive ? "exclhost" : null;
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script) {
    return List.of("qsub", script);
  }

  @Override
  public String parseSubmission(CommandResult result) {
    return Answers.submission(result);
  }

  @Override
  public ArrayDialect arrays() {
    return arrays;
  }

  @Override
  public ResourceDialect resources() {
    return RESOURCES;
  }

  @Override
  public List<String> statusCommand(List<String> nativeIds) {
    return qstat(List.of(), ArrayIds.gathered(nativeIds, arrays, FEW));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Only the array as a whole tells with which arguments its tasks were submitted.
   */
  @Override
  public List<String> markCommand(List<String> nativeIds) {
    return qstat(List.of(), ArrayIds.gathered(nativeIds, arrays, 0));
  }

  @Override
  public StatusListing parseStatus(CommandResult result) {
    Qstat qstat = read(result);
    List<String> asked = asked(result);
    boolean answered =
        (ANSWERED.contains(result.exitCode()) && !Answers.isUnreachable(result))
            || (asked.size() == 1 && Answers.isAboutBadId(result));
    if (qstat == null || (!answered && qstat.isEmpty())) {
      throw new CommandException("The states of the jobs are not known", result);
    }
    if (!answered) {
      qstat.setIncomplete();
    }
    return qstat.read(asked, JobStates::read);
  }

  private static @Nullable Qstat read(CommandResult result) {
    boolean nothing = result.exitCode() != 0 && result.stdout().isBlank();
    return nothing ? new Qstat() : QstatJson.read(result.stdout());
  }

  @Override
  public List<List<String>> accountingCommands(List<String> nativeIds) {
    return List.of(qstat(List.of("-x"), ArrayIds.gathered(nativeIds, arrays, FEW)));
  }

  @Override
  public StatusListing parseAccounting(CommandResult result) {
    return result.exitCode() == Answers.NO_HISTORY
        ? StatusListing.of(Map.of())
        : parseStatus(result);
  }

  private static List<String> qstat(List<String> options, List<String> nativeIds) {
    List<String> ids = Answers.wellFormed(nativeIds);
    List<String> command = new ArrayList<>(List.of("qstat"));
    command.addAll(options);
    if (ids.stream().anyMatch(id -> id.contains("[]"))) {
      command.add("-t"); // the tasks, too
    }
    command.addAll(List.of("-E", "-f", "-F", FORMAT));
    command.addAll(ids);
    return command;
  }

  private static List<String> asked(CommandResult result) {
    List<String> command = result.command();
    return command.stream()
        .skip(command.indexOf(FORMAT) + 1L)
        .filter(word -> !word.startsWith("-"))
        .toList();
  }

  @Override
  public List<String> cancelCommand(String nativeId) {
    return List.of("qdel", nativeId);
  }

  @Override
  public void checkCancellation(CommandResult result) {
    Answers.deletion(result);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Tasks are listed in the place of their array, but for those that have ended.
   */
  @Override
  public List<String> listCommand(String user) {
    return List.of("qselect", "-T", "-s", "EHQRSTUW", "-u", user);
  }

  @Override
  public List<String> parseList(CommandResult result) {
    if (result.exitCode() != 0 || Answers.isUnreachable(result)) {
      throw new CommandException("The jobs could not be listed", result);
    }
    return result.wholeLines().stream()
        .map(String::strip)
        .filter(line -> Answers.ID.matcher(line).matches())
        .toList();
  }

  @Override
  public QueueDialect queue() {
    return queue;
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code 25[].server} stands for all tasks of an array.
   */
  @Override
  public boolean isNativeId(String text) {
    return Answers.ID.matcher(text).matches() && !text.contains("[]");
  }

  @Override
  public boolean isHiddenFromCommands(String variable) {
    return JobVariables.includes(variable);
  }

  @Override
  public PresenceDialect presence() {
    return new PbsPresence(false);
  }

  @Override
  public ScriptDialect scripts() {
    return SCRIPTS;
  }
}
