package org.psij.executors.batch.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.JobArrays;
import org.psij.executors.batch.Testbed;

/**
 * A file system that shows on this side seconds later what the compute side has written: the
 * scripts of the jobs are made to write to another directory, which is copied late, each file in
 * two pieces.
 */
@Tag("testbed")
@Tag("attack")
final class SlurmLateFilesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LATE = Duration.ofSeconds(4);

  @TempDir Path folder;
  private Path work;
  private Path compute;
  private Path commands;
  private final Map<Path, String> copied = new HashMap<>();
  private ScheduledExecutorService copier;

  @BeforeEach
  void open() throws IOException {
    Testbed.require("slurm");
    work = folder.resolve("work");
    compute = folder.resolve("compute");
    commands = Files.createDirectory(folder.resolve("commands"));
    for (String name : List.of("squeue", "sacct", "scancel", "scontrol")) {
      Files.createSymbolicLink(commands.resolve(name), Slurm.command(name));
    }
    Path sbatch =
        Files.writeString(
            commands.resolve("sbatch"),
            """
            #!/bin/bash
            script=${@: -1}
            there=${script/#'%1$s'/'%2$s'}
            mkdir -p "${there%%/*}"
            sed 's#%1$s#%2$s#g' "$script" >"$there"
            exec '%3$s' "${@:1:$#-1}" "$there"
            """
                .formatted(work, compute, Slurm.command("sbatch")));
    Files.setPosixFilePermissions(sbatch, PosixFilePermissions.fromString("rwx------"));
    copier = Executors.newSingleThreadScheduledExecutor();
    var unused = copier.scheduleWithFixedDelay(this::copyLate, 0, 100, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void close() {
    if (copier != null) {
      copier.shutdownNow();
    }
  }

  private void copyLate() {
    if (Files.notExists(compute)) {
      return;
    }
    try (Stream<Path> files = Files.walk(compute)) {
      for (Path file : files.filter(SlurmLateFilesTest::isNews).toList()) {
        String text = Files.readString(file);
        String before = copied.put(file, text);
        if (!text.equals(before)) {
          copyInTwoPieces(file, before == null ? "" : before, text);
        }
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      return; // removed while it was looked at
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNews(Path file) {
    return file.getFileName().toString().matches("claim|status\\.[0-9]+")
        && Files.isRegularFile(file);
  }

  private void copyInTwoPieces(Path file, String before, String after) {
    Path here = work.resolve(compute.relativize(file));
    int middle = (before.length() + after.length()) / 2;
    appendLate(here, after.substring(before.length(), middle), LATE);
    appendLate(here, after.substring(middle), LATE.plusMillis(300));
  }

  private void appendLate(Path file, String text, Duration delay) {
    var unused =
        copier.schedule(
            () ->
                Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Test
  void endOfEachJobIsTheOneThatItsLateFileTells() throws Exception {
    List<Job> jobs = new ArrayList<>();
    BatchExecutorConfig config =
        BatchExecutorConfig.builder()
            .workDirectory(work)
            .commandFolder(commands)
            .pollingInterval(Duration.ofSeconds(1))
            .graceTime(LATE.multipliedBy(3))
            .jobArrays(JobArrays.NEVER) // only job.sh gets there
            .build();
    try (JobExecutor executor = JobExecutor.getInstance("slurm", null, null, config)) {
      for (int i = 0; i < 6; i++) {
        String script = "echo ran >>" + folder.resolve("ran" + i) + "; exit " + i;
        jobs.add(new Job(JobSpec.builder("/bin/sh").arguments("-c", script).build()));
      }
      assertThat(executor.submitAll(jobs)).isEmpty();
      for (int i = 0; i < jobs.size(); i++) {
        JobStatus end = jobs.get(i).waitFor(PATIENCE);
        assertThat(end).as("end of %s", jobs.get(i)).isNotNull();
        assertThat(end.getState()).isEqualTo(i == 0 ? JobState.COMPLETED : JobState.FAILED);
        assertThat(end.getExitCode()).isEqualTo(i);
        assertThat(end.getTime().getEpochSecond() + "")
            .as("the time that the script has told")
            .isEqualTo(lastLine(jobs.get(i)).split("\\.", -1)[0]);
        assertThat(folder.resolve("ran" + i)).hasContent("ran");
      }
    }
  }

  private String lastLine(Job job) throws IOException {
    List<String> lines =
        Files.readAllLines(compute.resolve("slurm").resolve(job.getId()).resolve("status.1"));
    return lines.get(lines.size() - 1);
  }
}
