package org.psij.executors.batch.pbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.Directive;
import org.psij.executors.batch.NativeStatus;
import org.psij.executors.batch.PresenceDialect;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ResourceDialect;
import org.psij.executors.batch.ScriptDialect;
import org.psij.executors.batch.StatusListing;
import org.psij.executors.work.ScriptTemplate;

/**
 * Torque, as in qsub(1), qstat(1), and qdel(1) of its manual, and what has commands like Torque's:
 * those that Slurm brings for users of it.
 *
 * <ul>
 *   <li>Memory is {@code -l mem}, for the job as a whole. Slurm's qsub takes it for each node,
 *       which is not less.
 *   <li>Exclusive use of nodes is {@code -n}, which Slurm's qsub refuses.
 *   <li>Reservations belong to Moab or Maui and are refused; a custom attribute such as {@code
 *       pbs_classic.W} can name one in the way of the site.
 *   <li>Slurm's qsub writes its own {@code -o} and {@code -e} unless they are on its command line,
 *       and understands GPUs only there, so these are not in the script. It hands its command line
 *       to a shell: nothing is put there that a shell would read in its own way.
 *   <li>Slurm would divide the cores of several nodes as it likes. A line that only Slurm reads
 *       makes it give each node its part.
 *   <li>Slurm's qstat tells that a job has ended, but not how. Such a job is left out of the
 *       listing like one that has been forgotten.
 *   <li>There are no arrays. Slurm's qsub submits one, but its qstat lists each task that has begun
 *       under a number of its own, without the number of the array or the index, and its qdel takes
 *       the id of a task for that of the whole array; Torque itself was not at hand.
 * </ul>
 */
final class TorqueScheduler implements BatchScheduler {
  private static final ResourceDialect RESOURCES = new TorqueCluster();

  private static final String NODES = "l.nodes";
  private static final Set<String> ON_COMMAND_LINE = Set.of("o", "e", "j", NODES);
  private static final Pattern SHELL_SAFE =
      Pattern.compile("[^\\s\\p{Cntrl}\"'$`\\\\;&|<>(){}\\[\\]*?!#~]+");

  private static final ScriptDialect SCRIPTS =
      ScriptDialect.builder("#PBS", "qsub")
          .path(SHELL_SAFE)
          .array("-[Jt].*")
          .waiting("-I|(-W)?(.*,)?block=.*")
          .withoutId("-z")
          .build();

  private static final Pattern HIDDEN = Pattern.compile("(SLURM|SBATCH|SALLOC|SQUEUE|SCANCEL)_.*");

  private static final Pattern CONFIGURATION =
      Pattern.compile("SLURM_(CONF|CONF_SERVER|JWT|SACK_\\w+)");

  private final QueueDialect queue = new TorqueQueue();
  private final ScriptTemplate template =
      new ScriptTemplate(TorqueScheduler.class, "pbs_classic.sh.mustache");

  @Override
  public Set<String> attributePrefixes() {
    return Set.of("pbs_classic", "torque", "pbs");
  }

  @Override
  public String scriptHead(BatchJob job) {
    List<Directive> options = options(job);
    Allocation allocation = new Allocation(job.resources());
    boolean even =
        allocation.nodes() > 1 && options.contains(new Directive(NODES, nodes(allocation)));
    return template.render(
        Map.of(
            "directives", lines(options),
            "coresOfEachNode", even ? List.of(allocation.coresPerNode()) : List.of(),
            "processes", allocation.processes(),
            "processesPerNode", allocation.processesPerNode(),
            "coresPerProcess", allocation.coresPerProcess()));
  }

  private static List<String> lines(List<Directive> options) {
    return options.stream()
        .filter(option -> !ON_COMMAND_LINE.contains(option.key()))
        .map(QsubOptions::line)
        .toList();
  }

  private List<Directive> options(BatchJob job) {
    if (job.attributes().getReservationId() != null) {
      throw new InvalidJobException(
          "attributes.reservation_id",
          "Torque has no reservations of its own, was '"
              + job.attributes().getReservationId()
              + "'; name it in the way of your site with a custom attribute, such as pbs_classic.W");
    }
    Allocation allocation = new Allocation(job.resources());
    return new QsubOptions(job, JobName.TORQUE.of(job))
        .add("q", QsubOptions.carriable("attributes.queue_name", job.attributes().getQueueName()))
        .add(NODES, job.spec().getResources() == null ? null : nodes(allocation))
        .add("l.mem", allocation.memory())
        .addFlag("n", job.resources().isExclusiveNodeUse())
        .customize(this);
  }

  private static String nodes(Allocation allocation) {
    long gpus = allocation.gpusPerNode();
    return allocation.nodes()
        + ":ppn="
        + allocation.coresPerNode()
        + (gpus == 0 ? "" : ":gpus=" + gpus);
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script) {
    List<String> command = new ArrayList<>(List.of("qsub"));
    for (Directive option : options(job)) {
      if (ON_COMMAND_LINE.contains(option.key())) {
        command.addAll(QsubOptions.words(option));
      }
    }
    command.add(script);
    for (String word : command) {
      if (!SHELL_SAFE.matcher(word).matches()) {
        throw new InvalidJobException(
            null, "no qsub of the Torque family can be given '" + word + "' on its command line");
      }
    }
    return command;
  }

  @Override
  public String parseSubmission(CommandResult result) {
    return Answers.submission(result);
  }

  @Override
  public ResourceDialect resources() {
    return RESOURCES;
  }

  @Override
  public List<String> statusCommand(List<String> nativeIds) {
    List<String> command = new ArrayList<>(List.of("qstat", "-f"));
    command.addAll(Answers.wellFormed(nativeIds));
    return command;
  }

  @Override
  public StatusListing parseStatus(CommandResult result) {
    Qstat qstat = QstatText.read(result.stdout());
    int code = result.exitCode();
    boolean answered = (code == 0 && !qstat.isEmpty()) || code == Answers.UNKNOWN_JOB;
    if (!answered || Answers.isUnreachable(result)) {
      if (qstat.isEmpty()) {
        throw new CommandException("The states of the jobs are not known", result);
      }
      qstat.setIncomplete();
    }
    return qstat.read(result.command(), TorqueScheduler::status);
  }

  private static @Nullable NativeStatus status(QstatJob job) {
    return job.isOfSlurm() ? SlurmJobStates.read(job) : JobStates.read(job);
  }

  @Override
  public List<String> cancelCommand(String nativeId) {
    return List.of("qdel", nativeId);
  }

  /** Slurm's qdel says nothing about a job that has ended, but returns 1. */
  @Override
  public void checkCancellation(CommandResult result) {
    if (result.exitCode() != 1 || !result.complaint().isEmpty()) {
      Answers.deletion(result);
    }
  }

  /** Slurm has no qselect. */
  @Override
  public List<String> listCommand(String user) {
    return List.of("qstat", "-u", user);
  }

  @Override
  public List<String> parseList(CommandResult result) {
    if (result.exitCode() != 0 || Answers.isUnreachable(result)) {
      throw new CommandException("The jobs could not be listed", result);
    }
    return QstatTable.read(result.wholeLines());
  }

  @Override
  public QueueDialect queue() {
    return queue;
  }

  @Override
  public boolean isHiddenFromCommands(String variable) {
    return JobVariables.includes(variable)
        || (HIDDEN.matcher(variable).matches() && !CONFIGURATION.matcher(variable).matches());
  }

  @Override
  public PresenceDialect presence() {
    return new PbsPresence(true);
  }

  @Override
  public ScriptDialect scripts() {
    return SCRIPTS;
  }
}
