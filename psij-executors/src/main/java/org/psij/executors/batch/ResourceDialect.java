package org.psij.executors.batch;

import java.util.List;
import java.util.Set;
import org.psij.ResourceSummary;

/**
 * How a scheduler tells what its nodes and queues have, and how much of it is free. Pure functions,
 * as in {@link BatchScheduler}.
 */
public interface ResourceDialect {
  /**
   * Says how to ask.
   *
   * @return the commands, at least one
   */
  List<List<String>> commands();

  /**
   * Reads the answers. A row that cannot be read is left out.
   *
   * @param answers what each of the {@link #commands} printed and returned, in their order
   * @param user the name of the user whose jobs are the own ones
   * @return what the scheduler tells; the engine adds when it was asked, and the {@link
   *     #overridingOptions}
   * @throws CommandException if the scheduler could not be asked
   */
  ResourceSummary.Builder parse(List<CommandResult> answers, String user);

  /**
   * Names the options by which a custom attribute changes where a job goes, or how much it asks
   * for, so that its other fields do not tell whether it can run.
   *
   * @return the options, without dashes and prefix; {@code l} stands for {@code l.mem}, too
   */
  Set<String> overridingOptions();
}
