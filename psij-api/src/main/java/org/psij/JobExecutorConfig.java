package org.psij;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an executor (PSI/J: {@code JobExecutorConfig}). Executors with settings of their own
 * take a subclass, and accept this class with defaults for the rest. Immutable.
 */
public class JobExecutorConfig {
  private final Path workDirectory;
  private final @Nullable Path launcherLogFile;
  private final @Nullable Executor callbackExecutor;

  /**
   * Creates settings from what a builder collected.
   *
   * @param builder the values
   */
  protected JobExecutorConfig(Builder<?> builder) {
    workDirectory = builder.workDirectory == null ? defaultWorkDirectory() : builder.workDirectory;
    launcherLogFile = builder.launcherLogFile;
    callbackExecutor = builder.callbackExecutor;
  }

  private static Path defaultWorkDirectory() {
    return Path.of(System.getProperty("user.home"), ".psij", "work");
  }

  /**
   * Starts settings in which nothing is given.
   *
   * @return a new builder
   */
  public static Builder<?> builder() {
    return new PlainBuilder();
  }

  /**
   * Names the folder for what the library keeps about jobs. On a cluster it must be shared between
   * this machine and those where jobs run.
   *
   * @return the folder, {@code ~/.psij/work} unless given
   */
  public Path getWorkDirectory() {
    return workDirectory;
  }

  /**
   * Names the file that takes the output of launchers and of pre- and post-launch scripts.
   *
   * @return the file, or null for one of each job
   */
  public @Nullable Path getLauncherLogFile() {
    return launcherLogFile;
  }

  /**
   * Tells what runs the callbacks.
   *
   * @return the executor, or null for daemon threads of the library
   */
  public @Nullable Executor getCallbackExecutor() {
    return callbackExecutor;
  }

  private static final class PlainBuilder extends Builder<PlainBuilder> {
    @Override
    public JobExecutorConfig build() {
      return new JobExecutorConfig(this);
    }
  }

  /**
   * Collects the values that all settings have. Not safe for use by several threads.
   *
   * @param <B> the builder of the subclass
   */
  public abstract static class Builder<B extends Builder<B>> {
    private @Nullable Path workDirectory;
    private @Nullable Path launcherLogFile;
    private @Nullable Executor callbackExecutor;

    /** Creates a builder in which nothing is given. */
    protected Builder() {}

    @SuppressWarnings("unchecked") // B is the class of this object
    private B self() {
      return (B) this;
    }

    /**
     * Takes over the values that all settings have.
     *
     * @param config the settings to copy
     * @return this builder
     */
    public B from(JobExecutorConfig config) {
      workDirectory = config.getWorkDirectory();
      launcherLogFile = config.getLauncherLogFile();
      callbackExecutor = config.getCallbackExecutor();
      return self();
    }

    /**
     * Names the folder for what the library keeps about jobs.
     *
     * @param folder the folder, created when needed, or null for {@code ~/.psij/work}
     * @return this builder
     */
    public B workDirectory(@Nullable Path folder) {
      workDirectory = folder;
      return self();
    }

    /**
     * Names the file that takes the output of launchers and of pre- and post-launch scripts.
     *
     * @param file the file, appended to, or null for one of each job
     * @return this builder
     */
    public B launcherLogFile(@Nullable Path file) {
      launcherLogFile = file;
      return self();
    }

    /**
     * Says what runs the callbacks.
     *
     * @param executor the executor, which the library does not shut down, or null for daemon
     *     threads of the library
     * @return this builder
     */
    public B callbackExecutor(@Nullable Executor executor) {
      callbackExecutor = executor;
      return self();
    }

    /**
     * Creates the settings.
     *
     * @return the settings
     */
    public abstract JobExecutorConfig build();
  }
}
