package org.psij.executors.batch.lsf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.Directive;
import org.psij.executors.batch.Directives;

/**
 * The options of {@code bsub} for a job, by the manual page bsub(1).
 *
 * <ul>
 *   <li>A process has as many slots as cores, since a slot is a core unless configured otherwise;
 *       {@code span} puts as many on each host as the job asks for. Affinity is left to the user:
 *       it needs hosts that are configured for it.
 *   <li>Memory is a limit ({@code -M}) for the whole job, and a reservation ({@code rusage}) of its
 *       part for each host. Both have units, without which {@code LSF_UNIT_FOR_LIMITS} decides.
 *       Where {@code RESOURCE_RESERVE_PER_TASK} is configured, LSF reserves that much for each
 *       slot, which is more than the job asks for: the custom attribute {@code lsf.R} replaces
 *       {@code span} and {@code rusage} then.
 *   <li>GPUs are counted for each host and are not shared with other jobs.
 *   <li>An account is a project of LSF ({@code -P}).
 * </ul>
 */
final class LsfOptions {
  private static final int LONGEST_NAME = 4094;

  /** With the indexes, 255 characters. */
  private static final int LONGEST_NAME_OF_ARRAY = 200;

  private static final long BYTES_PER_KB = 1024;
  private static final long MOST_MINUTES = Integer.MAX_VALUE / 60;

  /** What a shell of the site's esub might take for its own, and what would be an option. */
  private static final String NEVER_IN_A_VALUE = "\"$`\\";

  /** What makes an array of a job, or a pattern for several. */
  private static final String NEVER_IN_A_NAME = "[]%*?";

  /** Options without a value, behind which bsub would take any for the command of the job. */
  private static final Set<String> FLAGS = Set.of("B", "H", "N", "Ne", "r", "rn", "ul", "x");

  /** Options with which bsub waits, submits something else, or submits nothing. */
  private static final Set<String> REFUSED =
      Set.of(
          "I",
          "Ip",
          "IS",
          "ISp",
          "ISs",
          "Is",
          "IX",
          "K",
          "tty",
          "h",
          "help",
          "V",
          "pack",
          "jsdl",
          "jsdl_strict",
          "json",
          "yaml",
          "Zs");

  private final BatchJob job;

  private LsfOptions(BatchJob job) {
    this.job = job;
  }

  /**
   * Gives the options.
   *
   * @param job the job
   * @param scheduler the dialect
   * @return the options of bsub, in order
   * @throws InvalidJobException if LSF cannot express what the job asks for
   */
  static List<Directive> of(BatchJob job, BatchScheduler scheduler) {
    return new LsfOptions(job).list(scheduler);
  }

  /**
   * Gives the options of an array. The names of arrays are made of fewer characters than those of
   * jobs: what is not taken is replaced.
   *
   * @param job the job whose options all tasks have
   * @param scheduler the dialect
   * @param range the indexes, in brackets
   * @return the options of bsub, in order
   * @throws InvalidJobException if LSF cannot express what the job asks for
   */
  static List<Directive> ofArray(BatchJob job, BatchScheduler scheduler, String range) {
    List<Directive> options = new ArrayList<>(of(job, scheduler));
    String name =
        options.stream()
            .filter(option -> option.key().equals("J"))
            .map(option -> String.valueOf(option.value()))
            .findFirst()
            .orElse(job.programName());
    options.removeIf(option -> option.key().equals("J"));
    options.add(0, new Directive("J", nameOfArray(name) + range));
    return options;
  }

  private static String nameOfArray(String name) {
    String fit = name.replaceAll("[^A-Za-z0-9_.-]|^-", "_");
    return fit.substring(0, Math.min(fit.length(), LONGEST_NAME_OF_ARRAY));
  }

  private List<Directive> list(BatchScheduler scheduler) {
    JobAttributes attributes = job.attributes();
    Directives options =
        new Directives()
            .add("J", name())
            .add("o", "/dev/null")
            .add("e", "/dev/null")
            .add("W", minutes(attributes.getDuration()))
            .add("q", checked("attributes.queue_name", attributes.getQueueName()))
            .add("P", checked("attributes.account", attributes.getAccount()))
            .add("U", checked("attributes.reservation_id", attributes.getReservationId()))
            .add("env", job.spec().isInheritEnvironment() ? "all" : "none");
    addResources(options);
    List<Directive> all = options.customize(job, scheduler, UnaryOperator.identity()).list();
    all.forEach(LsfOptions::requireHarmless);
    return all;
  }

  private void addResources(Directives options) {
    ResourceSpecV1 resources = job.resources();
    Integer cores = resources.getCpuCoresPerProcess();
    long slotsPerNode =
        (long) resources.getComputedProcessesPerNode() * (cores == null ? 1 : cores);
    long nodes = resources.getComputedNodeCount();
    if (slotsPerNode * nodes > Integer.MAX_VALUE) {
      throw new InvalidJobException("resources", "too many cores: " + slotsPerNode * nodes);
    }
    if (slotsPerNode * nodes > 1) {
      options.add("n", slotsPerNode * nodes);
      options.add("R", nodes == 1 ? "span[hosts=1]" : "span[ptile=" + slotsPerNode + "]");
    }
    Long memory = resources.getMemory();
    if (memory != null) {
      options.add("M", kilobytes(memory));
      options.add("R", "rusage[mem=" + kilobytes(quotient(memory, nodes)) + "]");
    }
    Integer gpus = resources.getGpuCoresPerProcess();
    if (gpus != null && gpus > 0) {
      long gpusPerNode = (long) gpus * resources.getComputedProcessesPerNode();
      options.add("gpu", "num=" + gpusPerNode + "/host:j_exclusive=yes");
    }
    options.addFlag("x", resources.isExclusiveNodeUse());
  }

  private String name() {
    String given = job.givenName();
    if (given == null) {
      String fit = job.programName().replaceAll("[^A-Za-z0-9_.+-]|^-", "_");
      return fit.substring(0, Math.min(fit.length(), 128));
    }
    requireName("name", given);
    return given;
  }

  private static void requireName(String field, String name) {
    checked(field, name);
    if (name.length() > LONGEST_NAME) {
      throw new InvalidJobException(
          field, "LSF takes up to " + LONGEST_NAME + " characters, was '" + name + "'");
    }
    refuseCharacters(field, name, NEVER_IN_A_NAME);
  }

  private static @Nullable String checked(String field, @Nullable String value) {
    if (value != null) {
      refuseControlCharacters(field, value);
      refuseCharacters(field, value, NEVER_IN_A_VALUE);
      if (value.startsWith("-")) {
        throw new InvalidJobException(field, "would be an option of bsub, was '" + value + "'");
      }
    }
    return value;
  }

  private static void refuseControlCharacters(String field, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidJobException(
          field, "an option of LSF cannot hold control characters, was '" + value + "'");
    }
  }

  private static void refuseCharacters(String field, String value, String refused) {
    if (value.chars().anyMatch(character -> refused.indexOf(character) >= 0)) {
      throw new InvalidJobException(
          field, "LSF cannot take any of the characters " + refused + " here, was '" + value + "'");
    }
  }

  private static void requireHarmless(Directive option) {
    String field = "attributes.custom_attributes.lsf." + option.key();
    if (REFUSED.contains(option.key())) {
      throw new InvalidJobException(
          field, "'-" + option.key() + "' would submit no job that can be followed");
    }
    if (option.value() != null) {
      if (FLAGS.contains(option.key())) {
        throw new InvalidJobException(
            field, "'-" + option.key() + "' is true or false, was '" + option.value() + "'");
      }
      if (option.key().equals("J")) {
        requireName(field, option.value());
      }
      refuseControlCharacters(field, option.value());
    }
  }

  private static long minutes(Duration walltime) {
    if (walltime.isZero()) {
      throw new InvalidJobException("attributes.duration", "must be longer than zero for LSF");
    }
    long minutes = walltime.toMinutes();
    long roundedUp = walltime.equals(Duration.ofMinutes(minutes)) ? minutes : minutes + 1;
    if (roundedUp > MOST_MINUTES) {
      throw new InvalidJobException(
          "attributes.duration", "LSF takes up to " + MOST_MINUTES + " minutes, was " + walltime);
    }
    return roundedUp;
  }

  private static String kilobytes(long bytes) {
    return quotient(bytes, BYTES_PER_KB) + "KB";
  }

  private static long quotient(long dividend, long divisor) {
    return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
  }
}
