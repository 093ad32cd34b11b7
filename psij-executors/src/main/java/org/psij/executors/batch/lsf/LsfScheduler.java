package org.psij.executors.batch.lsf;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ArrayDialect;
import org.psij.executors.batch.ArrayIds;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.Directive;
import org.psij.executors.batch.PresenceDialect;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ResourceDialect;
import org.psij.executors.batch.ScriptDialect;
import org.psij.executors.batch.StatusListing;
import org.psij.executors.work.ScriptTemplate;
import org.psij.executors.work.ShellWord;

/**
 * The dialect of IBM Spectrum LSF 10.1, by the manual pages bsub(1), bjobs(1), bhist(1), bkill(1),
 * lsb.params(5) and lsf.conf(5). It has not yet been run on a real LSF.
 *
 * <p>The directives are options of the {@code bsub} command line, and not lines of the script: LSF
 * reads {@code #BSUB} lines from standard input only, unless {@code LSB_BSUB_PARSE_SCRIPT} is set.
 * The native id is the number of the job, with the index of an array's element, as in {@code
 * 123[4]}.
 *
 * <p>What LSF leaves to its administrator: {@code REQUEUE_EXIT_VALUES} of a queue make it run a job
 * again that returns one of these codes; without {@code ABS_RUNLIMIT} the walltime is scaled with
 * the speed of the host.
 */
final class LsfScheduler implements BatchScheduler {
  private static final ScriptDialect SCRIPTS =
      ScriptDialect.builder("#BSUB", "bsub")
          .directivesEverywhere()
          .readFromInput()
          .array("-J[^\\[]*\\[.*|\"?[^-\"'\\[(][^\\[(]*\\[\\d[\\d,:-]*\\].*")
          .waiting("-K|-I[a-z]*")
          .build();

  private static final Pattern NATIVE_ID = Pattern.compile("[1-9]\\d*(\\[[1-9]\\d*])?");

  private static final ScriptTemplate HEAD =
      new ScriptTemplate(LsfScheduler.class, "lsf.sh.mustache");

  /** So many tasks of an array are listed alone: the array as a whole has those that have ended. */
  private static final int FEW = 20;

  private static final ResourceDialect RESOURCES = new LsfCluster();

  private final ArrayDialect arrays = new LsfArrays(this);
  private final QueueDialect queue = new LsfQueue(InstantSource.system());

  LsfScheduler() {}

  @Override
  public Set<String> attributePrefixes() {
    return Set.of("lsf");
  }

  @Override
  public String scriptHead(BatchJob job) {
    LsfOptions.of(job, this);
    ResourceSpecV1 resources = job.resources();
    return HEAD.render(
        Map.of(
            "processCount", resources.getComputedProcessCount(),
            "processesPerNode", resources.getComputedProcessesPerNode()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The job's command is a single argument: bsub hands it to a shell as it is, while several
   * arguments are put together with quotes of its own.
   */
  @Override
  public List<String> submitCommand(BatchJob job, String script) {
    return submitCommand(LsfOptions.of(job, this), script);
  }

  List<String> submitCommand(List<Directive> options, String script) {
    List<String> command = new ArrayList<>(List.of("bsub"));
    for (Directive option : options) {
      command.add("-" + option.key());
      if (option.value() != null) {
        command.add(option.value());
      }
    }
    command.add("/bin/bash " + ShellWord.quote(script));
    return command;
  }

  @Override
  public String parseSubmission(CommandResult result) {
    return LsfAnswers.submittedId(result);
  }

  /**
   * {@inheritDoc}
   *
   * <p>0 stands for all jobs of the user, by bkill(1).
   */
  @Override
  public boolean isNativeId(String text) {
    return NATIVE_ID.matcher(text).matches();
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
    List<String> command =
        new ArrayList<>(List.of("bjobs", "-a", "-noheader", "-o", BjobsListing.FORMAT));
    command.addAll(ArrayIds.gathered(nativeIds, arrays, FEW));
    return command;
  }

  @Override
  public StatusListing parseStatus(CommandResult result) {
    return BjobsListing.read(result);
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code bjobs} forgets a job {@code CLEAN_PERIOD} (an hour unless configured) after its end;
   * {@code bhist} reads the event log, and with {@code -n 0} also those before it.
   */
  @Override
  public List<List<String>> accountingCommands(List<String> nativeIds) {
    List<String> command = new ArrayList<>(List.of("bhist", "-n", "0", "-l"));
    command.addAll(ArrayIds.gathered(nativeIds, arrays, FEW));
    return List.of(command);
  }

  @Override
  public StatusListing parseAccounting(CommandResult result) {
    return BhistListing.read(result);
  }

  @Override
  public List<String> cancelCommand(String nativeId) {
    return List.of("bkill", nativeId);
  }

  @Override
  public void checkCancellation(CommandResult result) {
    LsfAnswers.checkCancellation(result);
  }

  @Override
  public List<String> listCommand(String user) {
    return List.of("bjobs", "-u", user, "-noheader", "-o", BjobsListing.FORMAT);
  }

  @Override
  public List<String> parseList(CommandResult result) {
    return BjobsListing.readIds(result);
  }

  @Override
  public QueueDialect queue() {
    return queue;
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code LSB_} and {@code LS_} name the job in which this process runs, and defaults for new
   * ones; {@code BSUB_} silences the answer of {@code bsub}. {@code LSF_} tells where LSF is and
   * stays.
   */
  @Override
  public boolean isHiddenFromCommands(String variable) {
    return variable.startsWith("LSB_")
        || variable.startsWith("LS_")
        || variable.startsWith("BSUB_");
  }

  @Override
  public PresenceDialect presence() {
    return new LsfPresence();
  }

  @Override
  public ScriptDialect scripts() {
    return SCRIPTS;
  }
}
