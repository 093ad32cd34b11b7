package org.psij.executors.batch.slurm;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.PresenceDialect;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ResourceDialect;
import org.psij.executors.batch.ScriptDialect;
import org.psij.executors.batch.StatusListing;
import org.psij.executors.work.ScriptTemplate;

/** The dialect of Slurm. */
final class SlurmScheduler implements BatchScheduler {
  private static final ScriptDialect SCRIPTS =
      ScriptDialect.builder("#SBATCH", "sbatch", "--parsable", "--ignore-pbs")
          .array("-a.*|--ar[a-z]*(=.*)?")
          .heterogeneous("hetjob|packjob")
          .waiting("-W|--wait")
          .withoutId("--test-only|-Q|--quiet")
          .elsewhere("-M.*|--clusters?(=.*)?")
          .build();

  private static final ScriptTemplate HEAD =
      new ScriptTemplate(SlurmScheduler.class, "slurm.sh.mustache");

  private static final ArrayDialect ARRAYS = new SlurmArrays();
  private static final QueueDialect QUEUE = new SlurmQueue();
  private static final ResourceDialect RESOURCES = new SlurmCluster();

  @Override
  public Set<String> attributePrefixes() {
    return Set.of("slurm");
  }

  @Override
  public String scriptHead(BatchJob job) {
    ResourceSpecV1 resources = job.resources();
    return HEAD.render(
        Map.of(
            "directives",
            new SlurmDirectives(job, this).lines(),
            "processes",
            resources.getComputedProcessCount(),
            "processesPerNode",
            SlurmResources.isPlaced(resources) ? resources.getComputedProcessesPerNode() : ""));
  }

  @Override
  public List<String> submitCommand(BatchJob job, String script) {
    return sbatch(script);
  }

  /**
   * Without {@code --ignore-pbs}, sbatch also obeys lines that begin with {@code #PBS} or {@code
   * #BSUB}, wherever they are in the script.
   */
  static List<String> sbatch(String... arguments) {
    return Stream.concat(Stream.of("sbatch", "--parsable", "--ignore-pbs"), Stream.of(arguments))
        .toList();
  }

  @Override
  public ArrayDialect arrays() {
    return ARRAYS;
  }

  @Override
  public QueueDialect queue() {
    return QUEUE;
  }

  @Override
  public ResourceDialect resources() {
    return RESOURCES;
  }

  @Override
  public String parseSubmission(CommandResult result) {
    return SbatchAnswer.nativeId(result);
  }

  @Override
  public List<String> statusCommand(List<String> nativeIds) {
    return SqueueListing.command(nativeIds);
  }

  @Override
  public StatusListing parseStatus(CommandResult result) {
    return SqueueListing.parse(result);
  }

  @Override
  public List<List<String>> accountingCommands(List<String> nativeIds) {
    return Stream.concat(
            Stream.of(SacctListing.command(nativeIds)),
            SqueueExitCodes.commands(nativeIds).stream())
        .toList();
  }

  @Override
  public StatusListing parseAccounting(CommandResult result) {
    return SqueueExitCodes.isAsked(result)
        ? SqueueExitCodes.parse(result)
        : SacctListing.parse(result);
  }

  @Override
  public List<String> cancelCommand(String nativeId) {
    return List.of("scancel", "--", nativeId);
  }

  @Override
  public void checkCancellation(CommandResult result) {
    ScancelAnswer.check(result);
  }

  /** Jobs in hidden partitions are listed only with {@code --all}. */
  @Override
  public List<String> listCommand(String user) {
    return List.of("squeue", "--noheader", "--all", "--array", "--user=" + user, "--format=%i");
  }

  @Override
  public List<String> parseList(CommandResult result) {
    return SqueueListing.parseIds(result);
  }

  @Override
  public boolean isNativeId(String text) {
    return SlurmIds.isId(text);
  }

  @Override
  public boolean isHiddenFromCommands(String variable) {
    return SlurmVariables.isHiddenFromCommands(variable);
  }

  @Override
  public PresenceDialect presence() {
    return new SlurmPresence();
  }

  @Override
  public ScriptDialect scripts() {
    return SCRIPTS;
  }
}
