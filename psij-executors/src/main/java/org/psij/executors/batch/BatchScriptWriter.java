package org.psij.executors.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;
import org.psij.ResourceSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.JobPart;
import org.psij.executors.work.JobPaths;
import org.psij.executors.work.JobScript;
import org.psij.executors.work.Manifest;
import org.psij.executors.work.PrivateFiles;
import org.psij.executors.work.StderrTail;
import org.psij.executors.work.WorkDirectory;
import org.psij.serialize.JsonJobSpecSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the files out of a job that a scheduler is to run. Safe for use by many threads. */
final class BatchScriptWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchScriptWriter.class);

  /** The name that the user gave to the job: that of an array's first job shows in the queue. */
  private static final String JOB_NAME = "PSIJ_JOB_NAME";

  private final BatchScheduler scheduler;
  private final BatchExecutorConfig config;
  private final WorkDirectory workDirectory;
  private final Path currentDirectory = Path.of("").toAbsolutePath();
  private final Map<String, Launcher> launchers = new ConcurrentHashMap<>();

  BatchScriptWriter(
      BatchScheduler scheduler, BatchExecutorConfig config, WorkDirectory workDirectory) {
    this.scheduler = scheduler;
    this.config = config;
    this.workDirectory = workDirectory;
  }

  BatchJob describe(Job job, JobSpec spec) {
    ResourceSpec resources = spec.getResources();
    if (resources != null && !(resources instanceof ResourceSpecV1)) {
      throw new InvalidJobException(
          "resources", "only version 1 is understood, was " + resources.getClass().getName());
    }
    return new BatchJob(
        job.getId(),
        spec,
        resources instanceof ResourceSpecV1 given ? given : ResourceSpecV1.builder().build());
  }

  /** The text of the script of a job that is no task. Nothing is written. */
  String script(Job job, BatchJob described, JobDirectory directory) {
    return text(
        JobScript.of(
            scheduler.scriptHead(described), directory, jobPart(job, described, directory)),
        described.spec());
  }

  /** The text of the part of the script that is for one task only. Nothing is written. */
  String part(Job job, BatchJob described, JobDirectory directory) {
    return jobPart(job, described, directory).text();
  }

  private String text(JobScript script, JobSpec spec) {
    Path log = config.getLauncherLogFile();
    return script
        .forScheduler(
            workDirectory.watchers(),
            log == null ? null : log.toAbsolutePath(),
            spec.isInheritEnvironment() ? restored() : List.of(),
            spec.isInheritEnvironment())
        .text();
  }

  private JobPart jobPart(Job job, BatchJob described, JobDirectory directory) {
    JobSpec spec = described.spec();
    return new JobPart(
        spec,
        directory,
        workingDirectory(spec, directory),
        environment(described, directory),
        launcher(spec).getLaunchCommand(job),
        submitterDirectory(directory));
  }

  /**
   * Writes what must be on disk before the scheduler is asked. A task has most of it already.
   *
   * @throws IOException if it cannot be written
   */
  void write(BatchJob job, JobDirectory place, String script) throws IOException {
    PrivateFiles.createDirectories(place.path());
    PrivateFiles.writeAtomically(place.owner(), workDirectory.owner() + "\n");
    if (place.array() == null) {
      writeOwn(job, place, script);
    }
    PrivateFiles.writeAtomically(place.submitting(), job.id() + "\n");
  }

  private void writeOwn(BatchJob job, JobDirectory place, String script) throws IOException {
    if (workingDirectory(job.spec(), place).equals(place.work())) {
      PrivateFiles.createDirectories(place.work());
    }
    if (!Files.exists(place.manifest())) { // else a run may have added to it
      PrivateFiles.write(place.manifest(), Manifest.ofBatchJob(job.spec(), hasOwnLogs()).text());
    }
    PrivateFiles.writeAtomically(place.submitterDirectory(), submitterDirectory(place).toString());
    PrivateFiles.writeAtomically(place.spec(), new JsonJobSpecSerializer().dumps(job.spec()));
    PrivateFiles.writeAtomically(place.script(), script);
  }

  /**
   * Writes what must be on disk before the scheduler is asked to take an array.
   *
   * @throws IOException if it cannot be written
   */
  void write(NewArray array) throws IOException {
    BatchJob first = array.first();
    JobScript script = JobScript.ofArray(scheduler.scriptHead(first), array.directory());
    PrivateFiles.createDirectories(array.directory().path());
    PrivateFiles.write(array.directory().manifest(), array.manifest(hasOwnLogs()).text());
    array.write(text(script, first.spec()), workDirectory.owner(), currentDirectory.toString());
  }

  private boolean hasOwnLogs() {
    return config.getLauncherLogFile() == null;
  }

  /** Where the files of a job are. */
  JobPaths paths(JobSpec spec, JobDirectory place) {
    return new JobPaths(spec, place, submitterDirectory(place), config.getLauncherLogFile());
  }

  /** What the launcher of a job says of its failure; null also if the launcher is not here. */
  @Nullable String explainFailure(JobSpec spec, JobDirectory directory, int exitCode) {
    try {
      return StderrTail.explainFailure(launcher(spec), stderr(spec, directory), exitCode);
    } catch (RuntimeException e) {
      LOG.warn("The failure of the job in {} cannot be explained", directory.path(), e);
      return null;
    }
  }

  private Path stderr(JobSpec spec, JobDirectory directory) {
    Path stderr = spec.getStderrPath();
    return stderr == null ? directory.stderr() : workingDirectory(spec, directory).resolve(stderr);
  }

  private Launcher launcher(JobSpec spec) {
    String name = spec.getLauncher();
    return launchers.computeIfAbsent(
        name == null ? Launcher.DEFAULT_LAUNCHER_NAME : name,
        known -> Launcher.getInstance(known, null, config));
  }

  private Path workingDirectory(JobSpec spec, JobDirectory directory) {
    if (spec.getDirectory() != null) {
      return submitterDirectory(directory).resolve(spec.getDirectory());
    }
    boolean staged =
        !spec.getStageIn().isEmpty()
            || !spec.getStageOut().isEmpty()
            || !spec.getCleanup().isEmpty();
    return staged ? directory.work() : submitterDirectory(directory);
  }

  /** That of the process that submitted the job for the first time, which may not be this one. */
  private Path submitterDirectory(JobDirectory directory) {
    Path file = directory.submitterDirectory();
    try {
      return Files.exists(file) ? Path.of(Files.readString(file)) : currentDirectory;
    } catch (IOException e) {
      LOG.debug("{} cannot be read", file, e);
      return currentDirectory;
    }
  }

  /** The submit command does not see what bash acts upon at its start; the job shall. */
  private static Map<String, String> environment(BatchJob job, JobDirectory directory) {
    JobSpec spec = job.spec();
    String name = job.givenName();
    Map<String, String> environment = new LinkedHashMap<>(spec.getEnvironment());
    environment.putIfAbsent("PSIJ_JOB_ID", job.id());
    if (name != null) {
      environment.putIfAbsent(JOB_NAME, name);
    }
    environment.putIfAbsent("PSIJ_NODEFILE", directory.nodeFile().toString());
    if (spec.isInheritEnvironment()) {
      Stream.concat(JobScript.SHELL_STARTUP.stream(), Stream.of("LC_ALL", "TZ"))
          .filter(variable -> System.getenv(variable) != null)
          .forEach(variable -> environment.putIfAbsent(variable, System.getenv(variable)));
    }
    return environment;
  }

  /** What the submit command had to be given and the submitter has not, or has as a job itself. */
  private static List<String> restored() {
    return Stream.concat(
            Stream.of("LC_ALL", "TZ").filter(variable -> System.getenv(variable) == null),
            Stream.of(JOB_NAME).filter(variable -> System.getenv(variable) != null))
        .map(variable -> "unset -v " + variable)
        .toList();
  }
}
