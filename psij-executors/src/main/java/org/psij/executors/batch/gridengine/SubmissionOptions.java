package org.psij.executors.batch.gridengine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.ResourceSpecV1;
import org.psij.StageOutFlags;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.Directive;
import org.psij.executors.batch.Directives;

/**
 * The options of qsub(1) that a job needs. All of them are arguments of the command and none is a
 * {@code #$} line: arguments arrive as they are, while a line of the script that begins with {@code
 * #$} may come from anywhere, such as the value of a variable. Immutable.
 */
final class SubmissionOptions {
  private static final String CUSTOM = "attributes.custom_attributes.";
  private static final String RESOURCE = "l.";
  private static final Pattern PLAIN = Pattern.compile("[ -~]+");
  private static final long LONGEST_SECONDS = Integer.MAX_VALUE;

  private static final String OTHER_ANSWER = "changes what qsub answers";
  private static final String OTHER_SCRIPT = "changes how the script of the job is read or run";
  private static final String ARRAY = "would make an array of the job";
  private static final String ORDER = "depends on the order of options, which attributes have not";

  /** Options that would break the tracking of the job. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("terse", OTHER_ANSWER),
          Map.entry("sync", OTHER_ANSWER),
          Map.entry("now", OTHER_ANSWER),
          Map.entry("verify", OTHER_ANSWER),
          Map.entry("help", OTHER_ANSWER),
          Map.entry("clear", "takes out the other options"),
          Map.entry("b", OTHER_SCRIPT),
          Map.entry("C", OTHER_SCRIPT),
          Map.entry("S", OTHER_SCRIPT),
          Map.entry("shell", OTHER_SCRIPT),
          Map.entry("pty", OTHER_SCRIPT),
          Map.entry("inherit", OTHER_SCRIPT),
          Map.entry("t", ARRAY),
          Map.entry("tc", ARRAY),
          Map.entry("hold_jid_ad", ARRAY),
          Map.entry("hard", ORDER),
          Map.entry("soft", ORDER));

  /** Options that take no value: one would be taken for the script. */
  private static final Set<String> FLAGS = Set.of("V", "cwd", "h", "notify");

  /** Options that are switched by a word. */
  private static final Set<String> SWITCHES = Set.of("j", "R", "r");

  private final BatchJob job;
  private final Slots slots;
  private final List<Directive> directives;

  /**
   * Collects the options of a job.
   *
   * @throws InvalidJobException if the scheduler cannot express what the job asks for
   */
  SubmissionOptions(BatchJob job, BatchScheduler scheduler) {
    this.job = job;
    slots = Slots.of(job.resources());
    directives = collect(scheduler).list();
    directives.forEach(this::check);
    requireAllocation();
  }

  private Directives collect(BatchScheduler scheduler) {
    JobAttributes attributes = job.attributes();
    Directives wanted =
        new Directives()
            .add("N", JobName.of(job))
            .add("o", "/dev/null")
            .add("e", "/dev/null")
            .addFlag("V", job.spec().isInheritEnvironment())
            .addFlag("notify", hasWorkAfterCancel())
            .add("q", checked("attributes.queue_name", attributes.getQueueName()))
            .add("P", checked("attributes.account", attributes.getAccount()))
            .add("ar", checked("attributes.reservation_id", attributes.getReservationId()))
            .add("pe", slots.count() > 1 && isOnOneNode() ? "smp" : null)
            .add("l.h_rt", seconds(attributes.getDuration()));
    addResources(wanted);
    return wanted.customize(job, scheduler, key -> key);
  }

  /** A deleted job is killed at once, without a word, unless it is to be notified. */
  private boolean hasWorkAfterCancel() {
    boolean cleansUp =
        !job.spec().getCleanup().isEmpty()
            && job.spec().getCleanupFlags().contains(StageOutFlags.ON_CANCEL);
    return cleansUp
        || job.spec().getStageOut().stream()
            .anyMatch(file -> file.getFlags().contains(StageOutFlags.ON_CANCEL));
  }

  private boolean isOnOneNode() {
    return job.resources().getComputedNodeCount() == 1;
  }

  private static long seconds(Duration walltime) {
    long seconds = walltime.getNano() == 0 ? walltime.getSeconds() : walltime.getSeconds() + 1;
    if (seconds <= 0 || seconds > LONGEST_SECONDS) {
      throw new InvalidJobException(
          "attributes.duration",
          "must be more than zero and at most " + LONGEST_SECONDS + " s, was " + walltime);
    }
    return seconds;
  }

  /** Resources are counted by the slot. */
  private void addResources(Directives wanted) {
    ResourceSpecV1 resources = job.resources();
    Long memory = resources.getMemory();
    if (memory != null) {
      wanted.add("l.mem_free", shared(memory, slots.count()));
    }
    Integer gpus = resources.getGpuCoresPerProcess();
    if (gpus != null && gpus > 0) {
      wanted.add("l.gpu", shared(gpus, slots.coresPerProcess()));
    }
    wanted.add("l.exclusive", resources.isExclusiveNodeUse() ? "true" : null);
  }

  private static long shared(long amount, int parts) {
    return (amount - 1) / parts + 1;
  }

  private static @Nullable String checked(String field, @Nullable String value) {
    if (value != null && !PLAIN.matcher(value).matches()) {
      throw new InvalidJobException(
          field, "Grid Engine takes printable ASCII characters only, was '" + value + "'");
    }
    return value;
  }

  private void check(Directive directive) {
    String key = directive.key();
    String field = field(key);
    String problem = REFUSED.get(key);
    if (problem != null) {
      throw new InvalidJobException(field, "-" + key + " " + problem);
    }
    String value = directive.value();
    checked(field, value);
    if (key.equals("N")) {
      JobName.checked(field, String.valueOf(value));
    }
    if (key.equals("w") && (value == null || !Set.of("e", "w", "n").contains(value))) {
      throw new InvalidJobException(field, "'-w " + value + "' submits nothing");
    }
    if (FLAGS.contains(key) && value != null) {
      throw new InvalidJobException(field, "-" + key + " is true or false, was '" + value + "'");
    }
    if (value == null && !canStandAlone(key)) {
      throw new InvalidJobException(field, "-" + key + " needs a value: the next word would be it");
    }
    if (key.startsWith(RESOURCE) && value != null && value.indexOf(',') >= 0) {
      throw new InvalidJobException(field, "must not hold a comma, was '" + value + "'");
    }
  }

  private static boolean canStandAlone(String key) {
    return FLAGS.contains(key) || SWITCHES.contains(key) || key.startsWith(RESOURCE);
  }

  /** Names the attribute as the user wrote it. */
  private String field(String key) {
    return CUSTOM + customName(key).orElse("gridengine." + key);
  }

  private boolean isCustom(String key) {
    return customName(key).isPresent();
  }

  private Optional<String> customName(String key) {
    return job.attributes().getCustomAttributes().keySet().stream()
        .filter(name -> name.matches("(?i:gridengine|sge)\\." + Pattern.quote(key)))
        .findFirst();
  }

  private void requireAllocation() {
    long environments = directives.stream().filter(each -> each.key().equals("pe")).count();
    if (environments > 1) {
      throw new InvalidJobException(ParallelEnvironment.FIELD, "a job has only one");
    }
    if (environments == 0 && !isOnOneNode() && !isCustom("pe")) {
      throw new InvalidJobException(
          "resources.node_count",
          "only a parallel environment can spread a job over "
              + job.resources().getComputedNodeCount()
              + " nodes; name one that does with the custom attribute gridengine.pe");
    }
  }

  /**
   * Lists the signals that tell the job to end: TERM where it is a queue's terminate_method, see
   * queue_conf(5), and those that the options ask for.
   */
  List<String> stopSignals() {
    List<String> signals = new ArrayList<>(List.of("TERM"));
    if (isNotified()) {
      signals.add("USR2");
    }
    if (requests("s_rt")) {
      signals.add("USR1");
    }
    if (requests("s_cpu")) {
      signals.add("XCPU");
    }
    return signals;
  }

  /**
   * Tells whether the job gets USR1 before it is suspended and knows nothing of it: notification
   * was the library's idea.
   */
  boolean isWarnedUnawares() {
    return isNotified() && !isCustom("notify") && !requests("s_rt");
  }

  private boolean isNotified() {
    return directives.stream().anyMatch(each -> each.key().equals("notify"));
  }

  private boolean requests(String resource) {
    return directives.stream()
        .anyMatch(
            each ->
                each.key().equals(RESOURCE + resource)
                    || (each.key().equals("l")
                        && String.valueOf(each.value()).matches("(.*,)?" + resource + "=.*")));
  }

  /** Gives the options as arguments. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    directives.forEach(directive -> arguments.addAll(arguments(directive)));
    return arguments;
  }

  private List<String> arguments(Directive directive) {
    String key = directive.key();
    String value = directive.value();
    if (key.startsWith(RESOURCE)) {
      return List.of(
          "-l", key.substring(RESOURCE.length()) + "=" + (value == null ? "true" : value));
    }
    if (key.equals("pe")) {
      return ParallelEnvironment.parse(String.valueOf(value), slots.count()).options();
    }
    if (value == null) {
      return SWITCHES.contains(key) ? List.of("-" + key, "y") : List.of("-" + key);
    }
    List<String> words = new ArrayList<>(List.of("-" + key));
    // the only other option with several words: [env|pe|set] STRATEGY
    words.addAll(key.equals("binding") ? List.of(value.split(" +", 2)) : List.of(value));
    return words;
  }
}
