package org.psij.executors.batch.gridengine;

import org.psij.InvalidJobException;
import org.psij.ResourceSpecV1;

/**
 * The slots of a job: one for each core of each process.
 *
 * @param processes the number of processes
 * @param coresPerProcess the number of cores of each
 */
record Slots(int processes, int coresPerProcess) {
  /** Counts the slots that a job needs. */
  static Slots of(ResourceSpecV1 resources) {
    Integer cores = resources.getCpuCoresPerProcess();
    Slots slots = new Slots(resources.getComputedProcessCount(), cores == null ? 1 : cores);
    if ((long) slots.processes * slots.coresPerProcess > Integer.MAX_VALUE) {
      throw new InvalidJobException(
          "resources",
          slots.processes
              + " processes of "
              + slots.coresPerProcess
              + " cores are more than Grid Engine can count");
    }
    return slots;
  }

  int count() {
    return processes * coresPerProcess;
  }
}
