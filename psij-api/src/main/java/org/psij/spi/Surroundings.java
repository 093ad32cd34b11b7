package org.psij.spi;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.psij.JobExecutorConfig;

/** What an executor may look at to find out whether it fits here. Safe for use by many threads. */
public interface Surroundings {
  /**
   * Looks up an environment variable.
   *
   * @param name its name
   * @return its value, or null if it is not set
   */
  @Nullable String getVariable(String name);

  /**
   * Looks for a command in the folders of {@code PATH}.
   *
   * @param name its plain name, such as {@code sbatch}
   * @return the absolute path of the first that may be executed, or null if there is none
   */
  @Nullable Path findCommand(String name);

  /**
   * Tells with which settings an executor would be opened.
   *
   * @return the settings that were given, or the default ones
   */
  JobExecutorConfig getConfig();
}
