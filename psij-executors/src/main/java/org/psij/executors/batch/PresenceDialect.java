package org.psij.executors.batch;

import java.util.List;

/**
 * How a scheduler is recognised on a machine. Pure functions, as in {@link BatchScheduler}, whose
 * {@code listCommand} is the question that shows whether it answers.
 */
public interface PresenceDialect {
  /** Whose a command is. */
  enum Origin {
    /** The scheduler's own. */
    OWN,

    /** That of another scheduler, which stands in for this one's. */
    COMPATIBLE,

    /** That of another scheduler, and of no use for this one. */
    FOREIGN
  }

  /**
   * Names the command that submits jobs; without it the scheduler is not here.
   *
   * @return the plain name of the command
   */
  String program();

  /**
   * Says how to find out whose the commands are, where several schedulers have the same names.
   *
   * @return the command; empty if there is no need to ask, as it is unless overridden
   */
  default List<String> originCommand() {
    return List.of();
  }

  /**
   * Reads whose the commands are.
   *
   * @param result what the {@link #originCommand} printed and returned
   * @return whose they are, the scheduler's own unless overridden
   */
  default Origin origin(CommandResult result) {
    return Origin.OWN;
  }

  /**
   * Lists the environment variables by which a process knows that it runs in a job.
   *
   * @return their names, that of the variable with the job's id first; all of them are set in a job
   */
  List<String> variablesOfJobs();

  /**
   * Tells whether words of a command mean that it is installed and belongs to no cluster.
   *
   * @param words what a command that failed has printed
   * @return false if the scheduler just does not answer
   */
  boolean isWithoutCluster(String words);
}
