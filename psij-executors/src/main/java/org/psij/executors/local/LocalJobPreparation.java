package org.psij.executors.local;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;
import org.psij.ResourceSpecV1;
import org.psij.SubmitException;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.JobPart;
import org.psij.executors.work.JobScript;
import org.psij.executors.work.Manifest;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.WorkDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a process out of a job. One with a direct launcher and nothing around it is the process;
 * any other is run by a script in a directory of its own, and so is one with characters that this
 * JVM cannot hand to a process in its locale.
 */
final class LocalJobPreparation {
  private static final Logger LOG = LoggerFactory.getLogger(LocalJobPreparation.class);
  static final String JOB_ID = "PSIJ_JOB_ID";

  private static final int MOST_PROCESSES = 1_000_000;

  /** In what the JDK writes the names of files. */
  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private static final Path BASH = Path.of("/bin/bash");
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private static final String SCRIPT_HEAD =
      """
      #!/bin/bash
      psij_native_id=$$
      psij_stop_signals=TERM
      psij_reserved_codes=
      """;

  private final LocalExecutorConfig config;
  private final WorkDirectory workDirectory;
  private final ProcessStarter starter;
  private final Path submitterDirectory = Path.of("").toAbsolutePath();
  private final Map<String, Launcher> launchers = new ConcurrentHashMap<>();
  private final Map<Integer, Path> nodeFiles = new ConcurrentHashMap<>();

  LocalJobPreparation(
      LocalExecutorConfig config, WorkDirectory workDirectory, ProcessStarter starter) {
    this.config = config;
    this.workDirectory = workDirectory;
    this.starter = starter;
  }

  /**
   * A job that is ready to be started.
   *
   * @param run the job on its way
   * @param request the process that it becomes
   * @param check throws if it is known why the process cannot be started
   */
  record Prepared(LocalRun run, ProcessRequest request, Runnable check) {}

  Prepared prepare(Job job, JobSpec spec) {
    Launcher launcher = launcher(spec);
    List<String> command = launcher.getLaunchCommand(job);
    Map<String, String> environment = environment(job, spec);
    boolean staged =
        !spec.getStageIn().isEmpty()
            || !spec.getStageOut().isEmpty()
            || !spec.getCleanup().isEmpty();
    JobDirectory directory = workDirectory.jobDirectory(job.getId());
    Path workingDirectory = workingDirectory(spec, directory, staged);
    Runnable check = () -> requireStartable(spec, workingDirectory, environment);
    boolean direct =
        launcher.isDirect()
            && !staged
            && spec.getPreLaunch() == null
            && spec.getPostLaunch() == null
            && !opensSlowly(spec, workingDirectory)
            && canCarry(command, environment);
    if (!direct || hasStreams(spec) || !starter.tellsRefusals()) {
      check.run();
    }
    return direct
        ? direct(job, spec, launcher, command, environment, workingDirectory, check)
        : scripted(job, spec, launcher, command, environment, directory, workingDirectory, check);
  }

  /** Files would be emptied before it is known that the program cannot be started. */
  private static boolean hasStreams(JobSpec spec) {
    return spec.getStdinPath() != null
        || spec.getStdoutPath() != null
        || spec.getStderrPath() != null;
  }

  private Launcher launcher(JobSpec spec) {
    String name = spec.getLauncher();
    return launchers.computeIfAbsent(
        name == null ? Launcher.DEFAULT_LAUNCHER_NAME : name,
        known -> Launcher.getInstance(known, null, config));
  }

  private Map<String, String> environment(Job job, JobSpec spec) {
    Map<String, String> environment = new LinkedHashMap<>(spec.getEnvironment());
    int processes =
        spec.getResources() instanceof ResourceSpecV1 resources
            ? resources.getComputedProcessCount()
            : 1;
    environment.putIfAbsent(JOB_ID, job.getId());
    environment.putIfAbsent("PSIJ_NODEFILE", nodeFile(processes).toString());
    return environment;
  }

  /** One line for each process; jobs with as many processes share the file. */
  private Path nodeFile(int processes) {
    return nodeFiles.computeIfAbsent(processes, this::writeNodeFile);
  }

  private Path writeNodeFile(int processes) {
    if (processes > MOST_PROCESSES) {
      throw new InvalidJobException(
          "resources.process_count",
          "must be at most " + MOST_PROCESSES + " on this machine, was " + processes);
    }
    Path folder = workDirectory.root().resolve("nodefiles");
    Path file = folder.resolve(String.valueOf(processes));
    try {
      PrivateFiles.createDirectories(folder);
      PrivateFiles.writeAtomically(file, "localhost\n".repeat(processes));
      return file;
    } catch (IOException e) {
      throw new SubmitException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private Path workingDirectory(JobSpec spec, JobDirectory directory, boolean staged) {
    if (spec.getDirectory() != null) {
      return submitterDirectory.resolve(spec.getDirectory());
    }
    return staged ? directory.work() : submitterDirectory;
  }

  /** What stage-in or the pre-launch script may bring cannot be missed yet. */
  private void requireStartable(
      JobSpec spec, Path workingDirectory, Map<String, String> environment) {
    if (!spec.getStageIn().isEmpty()) {
      if (spec.getDirectory() != null) {
        StreamCheck.requireDirectory(workingDirectory);
      }
      return;
    }
    if (Files.exists(workingDirectory) || spec.getDirectory() != null) {
      StreamCheck.require(spec, workingDirectory);
    }
    requireScript("pre_launch", workingDirectory, spec.getPreLaunch());
    requireScript("post_launch", workingDirectory, spec.getPostLaunch());
    String executable = Objects.requireNonNull(spec.getExecutable());
    if (spec.getPreLaunch() == null && FILE_NAMES.newEncoder().canEncode(executable)) {
      String inherited = spec.isInheritEnvironment() ? System.getenv("PATH") : null;
      String searchPath = environment.getOrDefault("PATH", inherited);
      new ExecutableCheck(workingDirectory, searchPath).require(executable);
    }
  }

  private static void requireScript(String field, Path workingDirectory, @Nullable Path script) {
    if (script != null && !Files.isReadable(workingDirectory.resolve(script))) {
      throw new SubmitException(
          field + " '" + workingDirectory.resolve(script) + "' is missing or cannot be read");
    }
  }

  private boolean canCarry(List<String> command, Map<String, String> environment) {
    return starter.carriesAnyText()
        || Stream.of(command.stream(), environment.keySet().stream(), environment.values().stream())
            .flatMap(texts -> texts)
            .allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
  }

  private static Prepared direct(
      Job job,
      JobSpec spec,
      Launcher launcher,
      List<String> command,
      Map<String, String> environment,
      Path workingDirectory,
      Runnable check) {
    ProcessRequest request =
        new ProcessRequest(
            command,
            workingDirectory,
            spec.isInheritEnvironment(),
            environment,
            stream(workingDirectory, spec.getStdinPath()),
            stream(workingDirectory, spec.getStdoutPath()),
            stream(workingDirectory, spec.getStderrPath()),
            false);
    return new Prepared(new LocalRun(job, launcher, request.stderr()), request, check);
  }

  /** To open a pipe takes until somebody opens its other end; whoever starts jobs must not wait. */
  private static boolean opensSlowly(JobSpec spec, Path workingDirectory) {
    return Stream.of(spec.getStdinPath(), spec.getStdoutPath(), spec.getStderrPath())
        .map(path -> stream(workingDirectory, path))
        .anyMatch(path -> !path.equals(NULL_DEVICE) && isSpecial(path));
  }

  private static boolean isSpecial(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isOther();
    } catch (IOException e) {
      return false; // it is not there yet
    }
  }

  private static Path stream(Path workingDirectory, @Nullable Path path) {
    return path == null ? NULL_DEVICE : workingDirectory.resolve(path);
  }

  private Prepared scripted(
      Job job,
      JobSpec spec,
      Launcher launcher,
      List<String> command,
      Map<String, String> environment,
      JobDirectory directory,
      Path workingDirectory,
      Runnable check) {
    if (!Files.isExecutable(BASH)) {
      throw new SubmitException("Job " + job.getId() + " needs a script, and there is no " + BASH);
    }
    Map<String, String> exported = new LinkedHashMap<>(environment);
    if (spec.isInheritEnvironment()) {
      JobScript.SHELL_STARTUP.stream()
          .filter(variable -> System.getenv(variable) != null)
          .forEach(variable -> exported.putIfAbsent(variable, System.getenv(variable)));
    }
    JobScript script =
        JobScript.of(
            SCRIPT_HEAD,
            directory,
            new JobPart(spec, directory, workingDirectory, exported, command, submitterDirectory));
    try {
      PrivateFiles.createDirectories(directory.path());
      if (workingDirectory.equals(directory.work())) {
        PrivateFiles.createDirectories(workingDirectory);
      }
      boolean hasOwnLog = config.getLauncherLogFile() == null;
      PrivateFiles.write(directory.manifest(), Manifest.ofLocalJob(spec, hasOwnLog).text());
      PrivateFiles.write(directory.script(), script.text());
      if (config.getLauncherLogFile() == null && !Files.exists(directory.launcherLog())) {
        PrivateFiles.create(directory.launcherLog());
      }
    } catch (IOException e) {
      delete(directory);
      throw new SubmitException("Job " + job.getId() + ": cannot write its script: " + e, e);
    }
    Path log =
        config.getLauncherLogFile() == null ? directory.launcherLog() : config.getLauncherLogFile();
    ProcessRequest request =
        new ProcessRequest(
            bash(spec, directory.script()),
            directory.path(),
            spec.isInheritEnvironment(),
            Map.of(JOB_ID, job.getId()), // by which it can be found
            NULL_DEVICE,
            log,
            log,
            true);
    Path stderr =
        spec.getStderrPath() == null
            ? directory.stderr()
            : workingDirectory.resolve(spec.getStderrPath());
    return new Prepared(new LocalRun(job, launcher, stderr, directory), request, check);
  }

  private static List<String> bash(JobSpec spec, Path script) {
    List<String> command = new ArrayList<>();
    if (spec.isInheritEnvironment()
        && JobScript.SHELL_STARTUP.stream().anyMatch(v -> System.getenv(v) != null)) {
      command.add("/usr/bin/env");
      JobScript.SHELL_STARTUP.forEach(variable -> command.addAll(List.of("-u", variable)));
    }
    command.addAll(List.of(BASH.toString(), "--noprofile", "--norc", script.toString()));
    return command;
  }

  /** Removes what was written for a job that could not be started. */
  void discard(LocalRun run) {
    if (run.directory() != null) {
      delete(run.directory());
    }
  }

  private static void delete(JobDirectory directory) {
    try {
      directory.delete();
    } catch (IOException e) {
      LOG.warn("Cannot remove {}", directory.path(), e);
    }
  }
}
