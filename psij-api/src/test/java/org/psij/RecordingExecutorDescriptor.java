package org.psij;

import java.util.Set;
import org.psij.spi.ExecutorDescriptor;

/** Announces {@link RecordingExecutor}. */
public final class RecordingExecutorDescriptor implements ExecutorDescriptor {
  @Override
  public String getName() {
    return "recording";
  }

  @Override
  public String getVersion() {
    return "1.0";
  }

  @Override
  public String getClassName() {
    return RecordingExecutor.class.getName();
  }

  @Override
  public Set<String> getAliases() {
    return Set.of("Recorder");
  }
}
