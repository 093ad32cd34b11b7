package org.psij.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobStatus;

/** A local executor with a work directory of its own, and what its tests share. */
abstract class LocalFixture {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  JobExecutor executor;

  @BeforeEach
  void open() {
    executor = open(config());
  }

  @AfterEach
  void close() {
    executor.close();
  }

  final LocalExecutorConfig.Builder config() {
    return LocalExecutorConfig.builder().workDirectory(folder.resolve("work"));
  }

  static JobExecutor open(LocalExecutorConfig.Builder config) {
    return JobExecutor.getInstance("local", null, null, config.build());
  }

  static JobSpec.Builder shell(String script) {
    return JobSpec.builder("/bin/sh").arguments("-c", script);
  }

  final Job submit(JobSpec.Builder spec) {
    Job job = new Job(spec.build());
    executor.submit(job);
    return job;
  }

  final JobStatus run(JobSpec.Builder spec) throws InterruptedException {
    return end(submit(spec));
  }

  static JobStatus end(Job job) throws InterruptedException {
    JobStatus status = job.waitFor(PATIENCE);
    assertThat(status).as("end of %s", job).isNotNull();
    return status;
  }

  final Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  final Path writeExecutable(String name, String text) throws IOException {
    Path file = write(name, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  static boolean isAlive(String pid) throws IOException {
    return ProcessTable.read().process(Long.parseLong(pid.strip())) != null;
  }

  static String readPid(Path file) {
    await().atMost(PATIENCE).until(() -> Files.exists(file) && Files.size(file) > 1);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
