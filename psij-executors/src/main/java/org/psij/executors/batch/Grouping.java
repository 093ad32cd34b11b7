package org.psij.executors.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpec;
import org.psij.StageOut;
import org.psij.StageOutFlags;

/**
 * Puts jobs together that the scheduler would treat alike: those with the same directives and the
 * same submit command.
 */
final class Grouping {
  private static final String ANY_NAME = "job";
  private static final String ANY_SCRIPT = "/job.sh";

  private final BatchScheduler scheduler;
  private final BatchScriptWriter scripts;
  private final boolean withNames;

  /** What the scheduler sees of a job. */
  private record Sight(String head, List<String> command) {}

  /** What a dialect makes of a job depends on nothing else: it is not asked twice. */
  private record Traits(
      @Nullable String name,
      @Nullable ResourceSpec resources,
      JobAttributes attributes,
      boolean inheritsEnvironment,
      Collection<StageOut> stageOut,
      boolean cleansUp,
      Set<StageOutFlags> cleanupFlags) {
    static Traits of(BatchJob job, @Nullable String name) {
      JobSpec spec = job.spec();
      return new Traits(
          name,
          spec.getResources(),
          spec.getAttributes(),
          spec.isInheritEnvironment(),
          spec.getStageOut(),
          !spec.getCleanup().isEmpty(),
          spec.getCleanupFlags());
    }
  }

  /**
   * Says what makes jobs alike.
   *
   * @param withNames whether their names must be the same, too
   */
  Grouping(BatchScheduler scheduler, BatchScriptWriter scripts, boolean withNames) {
    this.scheduler = scheduler;
    this.scripts = scripts;
    this.withNames = withNames;
  }

  /**
   * Puts jobs together, and sorts out those that the scheduler cannot carry.
   *
   * @param jobs the jobs
   * @param isApart tells which of them go by themselves whatever they are
   * @param refused takes what cannot be carried
   * @return groups of one or more jobs, in order
   */
  List<List<Job>> of(
      List<Job> jobs, Predicate<Job> isApart, BiConsumer<Job, InvalidJobException> refused) {
    Map<Traits, Sight> sights = new HashMap<>();
    Map<Object, List<Job>> groups = new LinkedHashMap<>();
    for (Job job : jobs) {
      try {
        Object key = isApart.test(job) ? job : sight(job, sights);
        groups.computeIfAbsent(key, missing -> new ArrayList<>()).add(job);
      } catch (InvalidJobException e) {
        refused.accept(job, e);
      }
    }
    return List.copyOf(groups.values());
  }

  /** Also a job that shares an array is looked at under its own name: it may be refused for it. */
  private Sight sight(Job job, Map<Traits, Sight> sights) {
    BatchJob described = scripts.describe(job, Objects.requireNonNull(job.getSpec()));
    String given = described.givenName();
    String name = given == null ? described.programName() : given;
    Sight own = sights.computeIfAbsent(Traits.of(described, name), missing -> sight(described));
    return withNames
        ? own
        : sights.computeIfAbsent(Traits.of(described, null), missing -> sight(nameless(described)));
  }

  private Sight sight(BatchJob job) {
    return new Sight(scheduler.scriptHead(job), scheduler.submitCommand(job, ANY_SCRIPT));
  }

  private static BatchJob nameless(BatchJob job) {
    return new BatchJob(job.id(), job.spec().toBuilder().name(ANY_NAME).build(), job.resources());
  }
}
