package org.psij;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psij.spi.Surroundings;

/** This machine, as this process sees it. */
final class Host implements Surroundings {
  private final UnaryOperator<@Nullable String> environment;
  private final JobExecutorConfig config;

  /**
   * Says what is looked at.
   *
   * @param environment gives the value of a variable, or null
   * @param config the settings
   */
  Host(UnaryOperator<@Nullable String> environment, JobExecutorConfig config) {
    this.environment = environment;
    this.config = config;
  }

  @Override
  public @Nullable String getVariable(String name) {
    return environment.apply(name);
  }

  @Override
  public @Nullable Path findCommand(String name) {
    String path = getVariable("PATH");
    if (path == null) {
      return null;
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path command = folder.isEmpty() ? null : commandIn(folder, name);
      if (command != null) {
        return command;
      }
    }
    return null;
  }

  private static @Nullable Path commandIn(String folder, String name) {
    try {
      Path command = Path.of(folder).resolve(name).toAbsolutePath();
      return Files.isRegularFile(command) && Files.isExecutable(command) ? command : null;
    } catch (InvalidPathException e) {
      return null; // such a folder cannot be there
    }
  }

  @Override
  public JobExecutorConfig getConfig() {
    return config;
  }
}
