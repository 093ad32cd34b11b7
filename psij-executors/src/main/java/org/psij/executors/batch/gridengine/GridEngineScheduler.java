package org.psij.executors.batch.gridengine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.psij.SubmitException;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayIds;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.PresenceDialect;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ResourceDialect;
import org.psij.executors.batch.ScriptDialect;
import org.psij.executors.batch.StatusListing;
import org.psij.executors.work.ScriptTemplate;

/**
 * The dialect of Grid Engine, after qsub(1), qstat(1), qacct(1) and qdel(1) of Son of Grid Engine
 * 8.1.9.
 *
 * <p><b>Options.</b> All travel as arguments of {@code qsub}; the script holds no {@code #$} lines,
 * and {@code -C ''} keeps qsub from looking for any. A job that can never run is accepted by Grid
 * Engine and waits for ever; the custom attribute {@code gridengine.w = e} has it refused.
 *
 * <p><b>Resources.</b> A job has as many slots as processes times cores. More than one slot needs a
 * parallel environment: {@code smp} on one node unless the custom attribute {@code gridengine.pe}
 * names another ({@code NAME} or {@code NAME SLOTS}); several nodes need that attribute, since only
 * the environment's allocation rule decides on how many hosts the slots are. The walltime is {@code
 * -l h_rt}, in seconds. Memory is {@code -l mem_free}, in bytes for each slot, and not {@code
 * h_vmem}, which limits the address space: programs that reserve more than they use would die. GPUs
 * are {@code -l gpu}, for each slot, rounded up, and exclusive use is {@code -l exclusive=true}; an
 * administrator has to have defined both. Where a site counts by other names, {@code
 * gridengine.l.mem_free = null} takes a request out, and {@code gridengine.l.h_vmem = 2G} puts one
 * in; {@code gridengine.l} takes a whole list of requests.
 *
 * <p><b>Account.</b> It becomes the project ({@code -P}), which the scheduler checks; {@code
 * gridengine.A} gives the accounting string.
 *
 * <p><b>Cancel.</b> A deleted job is killed at once. With {@code -notify} it gets USR2 some time
 * before (the queue's {@code notify}); that is asked for when the job has something to stage out or
 * clean up then. Notified jobs get USR1 before a suspension, too: they ignore it, unless the custom
 * attribute {@code gridengine.notify} asks for the signals.
 *
 * <p><b>States.</b> One listing of all users' jobs, since qstat shows the state letters only there
 * and cannot be asked for ids. A job in error state waits until somebody clears or deletes it: it
 * is queued and held. An array as a whole has no state; its tasks, such as {@code 7.3}, have one
 * each. The listing does not show the script of a job.
 *
 * <p><b>Arrays.</b> Their tasks are numbered from 1. A task that is deleted while it waits leaves
 * no record in the accounting, ever.
 */
final class GridEngineScheduler implements BatchScheduler {
  private static final ScriptDialect SCRIPTS =
      ScriptDialect.builder("#$", "qsub", "-terse")
          .directivesEverywhere()
          .array("-t")
          .waiting("-sync")
          .withoutId("-verify")
          .build();

  private static final ScriptTemplate HEAD =
      new ScriptTemplate(GridEngineScheduler.class, "gridengine.sh.mustache");

  /** What qstat lists: waiting, running and suspended jobs. */
  private static final List<String> LIVE = List.of("-s", "prs", "-xml");

  /** Variables of a job, see ENVIRONMENT in qsub(1). */
  private static final Set<String> OF_A_JOB =
      Set.of(
          "ARC",
          "ENVIRONMENT",
          "JOB_ID",
          "JOB_NAME",
          "JOB_SCRIPT",
          "NHOSTS",
          "NQUEUES",
          "NSLOTS",
          "PE",
          "PE_HOSTFILE",
          "QUEUE",
          "REQNAME",
          "REQUEST",
          "RESTARTED");

  /** Variables that tell where Grid Engine is, without which no command works. */
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(
          "SGE_ROOT",
          "SGE_CELL",
          "SGE_CLUSTER_NAME",
          "SGE_QMASTER_PORT",
          "SGE_EXECD_PORT",
          "SGE_CERTFILE",
          "SGE_KEYFILE");

  private static final ResourceDialect RESOURCES = new GridEngineCluster();

  private final ArrayDialect arrays = new GridEngineArrays(this);
  private final QueueDialect queue = new GridEngineQueue();

  /** Creates the dialect. */
  GridEngineScheduler() {}

  @Override
  public Set<String> attributePrefixes() {
    return Set.of("gridengine", "sge");
  }

  @Override
  public String scriptHead(BatchJob job) {
    SubmissionOptions options = new SubmissionOptions(job, this);
    options.arguments();
    Slots slots = Slots.of(job.resources());
    Map<String, Object> values = new HashMap<>();
    values.put("stopSignals", String.join(" ", options.stopSignals()));
    values.put("ignoresWarning", options.isWarnedUnawares());
    values.put("processes", slots.processes());
    values.put("coresPerProcess", slots.coresPerProcess());
    values.put("processesPerNode", job.resources().getComputedProcessesPerNode());
    return HEAD.render(values);
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script) {
    List<String> command = options(job);
    command.add(script);
    return command;
  }

  /** Begins a submission with all but the script. */
  List<String> options(BatchJob job) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("qsub", "-terse", "-C", "", "-b", "n", "-S", "/bin/bash"));
    command.addAll(new SubmissionOptions(job, this).arguments());
    return command;
  }

  @Override
  public ArrayDialect arrays() {
    return arrays;
  }

  @Override
  public QueueDialect queue() {
    return queue;
  }

  @Override
  public ResourceDialect resources() {
    return RESOURCES;
  }

  @Override
  public String parseSubmission(CommandResult result) {
    return new Answer(result).submitted();
  }

  @Override
  public List<String> statusCommand(List<String> nativeIds) {
    return listCommand("*");
  }

  @Override
  public StatusListing parseStatus(CommandResult result) {
    return QstatListing.parse(result);
  }

  @Override
  public List<String> markCommand(List<String> nativeIds) {
    String jobs =
        nativeIds.stream()
            .map(NativeId::parse)
            .filter(Objects::nonNull)
            .map(NativeId::job)
            .distinct()
            .collect(Collectors.joining(","));
    return List.of("qstat", "-j", jobs, "-xml");
  }

  @Override
  public Map<String, String> parseMarks(CommandResult result) {
    return JobDetails.scripts(result);
  }

  /**
   * {@inheritDoc}
   *
   * <p>qacct reads the whole accounting file for each question: all tasks of an array are one.
   */
  @Override
  public List<List<String>> accountingCommands(List<String> nativeIds) {
    return ArrayIds.gathered(nativeIds, arrays, 1).stream()
        .map(NativeId::parse)
        .filter(Objects::nonNull)
        .map(GridEngineScheduler::accountingCommand)
        .toList();
  }

  private static List<String> accountingCommand(NativeId id) {
    String task = id.task();
    return task == null
        ? List.of("qacct", "-j", id.job())
        : List.of("qacct", "-j", id.job(), "-t", task);
  }

  @Override
  public StatusListing parseAccounting(CommandResult result) {
    return QacctListing.parse(result);
  }

  /**
   * Says how to end a job.
   *
   * @param nativeId its id
   * @return the command
   * @throws SubmitException if it is no id, but perhaps a pattern that other jobs match
   */
  @Override
  public List<String> cancelCommand(String nativeId) {
    if (NativeId.parse(nativeId) == null) {
      throw new SubmitException("'" + nativeId + "' is not the id of a job of Grid Engine");
    }
    return List.of("qdel", nativeId);
  }

  @Override
  public void checkCancellation(CommandResult result) {
    new Answer(result).requireDeleted();
  }

  @Override
  public List<String> listCommand(String user) {
    List<String> command = new ArrayList<>(List.of("qstat", "-u", user));
    command.addAll(LIVE);
    return command;
  }

  @Override
  public List<String> parseList(CommandResult result) {
    return QstatListing.ids(result);
  }

  @Override
  public boolean isHiddenFromCommands(String variable) {
    return OF_A_JOB.contains(variable)
        || (variable.startsWith("SGE_") && !OF_THE_CLUSTER.contains(variable));
  }

  @Override
  public PresenceDialect presence() {
    return new GridEnginePresence();
  }

  @Override
  public ScriptDialect scripts() {
    return SCRIPTS;
  }
}
