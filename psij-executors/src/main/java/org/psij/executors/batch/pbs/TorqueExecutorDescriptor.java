package org.psij.executors.batch.pbs;

import java.util.Set;
import org.psij.executors.batch.BatchExecutorDescriptor;
import org.psij.executors.batch.BatchScheduler;

/** Announces the executor for Torque, and for schedulers with its commands. */
public final class TorqueExecutorDescriptor implements BatchExecutorDescriptor {
  /** Creates the descriptor. */
  public TorqueExecutorDescriptor() {}

  @Override
  public String getName() {
    return "pbs_classic";
  }

  @Override
  public Set<String> getAliases() {
    return Set.of("torque");
  }

  @Override
  public String getVersion() {
    return "0.1.0";
  }

  @Override
  public String getNiceName() {
    return "Torque";
  }

  @Override
  public BatchScheduler getScheduler() {
    return new TorqueScheduler();
  }
}
