package org.psij.docs;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobFiles;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.OutputFile;
import org.psij.PsijException;
import org.psij.ResourceSpecV1;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;
import org.psij.SubmitException;
import org.psij.executors.local.LocalExecutorConfig;
import org.psij.serialize.JsonJobSpecSerializer;
import org.psij.serialize.Profiles;

/** The code of the user guide. */
final class UserGuide {
  private UserGuide() {}

  static JobSpec describe(Path data) {
    JobSpec spec =
        JobSpec.builder("./simulate")
            .arguments("--steps", "1000", "input.dat")
            .directory(data)
            .environment(Map.of("OMP_NUM_THREADS", "4"))
            .stdoutPath(Path.of("simulate.out"))
            .stderrPath(Path.of("simulate.err"))
            .resources(
                ResourceSpecV1.builder()
                    .nodeCount(2)
                    .processesPerNode(4)
                    .cpuCoresPerProcess(4)
                    .memory(8L << 30)
                    .build())
            .attributes(
                JobAttributes.builder().duration(Duration.ofHours(2)).queueName("debug").build())
            .launcher("mpirun")
            .build();
    return spec;
  }

  static JobSpec stage() {
    JobSpec spec =
        JobSpec.builder("/usr/bin/sort")
            .arguments("in.txt", "-o", "out.txt")
            .stageIn(new StageIn(URI.create("file:///data/in.txt"), Path.of("in.txt")))
            .stageOut(
                new StageOut(
                    Path.of("out.txt"),
                    URI.create("file:///data/out.txt"),
                    StagingMode.MOVE,
                    EnumSet.of(StageOutFlags.ON_SUCCESS)))
            .cleanup(Path.of("in.txt"))
            .build();
    return spec;
  }

  static JobStatus follow(JobExecutor executor, JobSpec spec) throws InterruptedException {
    Job job = new Job(spec);
    job.setJobStatusCallback(
        (changed, status) -> System.out.println(changed.getNativeId() + " " + status));
    executor.submit(job);

    job.waitFor(Duration.ofMinutes(5), JobState.ACTIVE); // null if it takes longer
    CompletableFuture<JobStatus> future = job.onFinal();
    JobStatus end = job.waitFor();
    return future.join().equals(end) ? end : job.getStatus();
  }

  static int throttled(JobExecutor executor, List<JobSpec> specs, int most)
      throws InterruptedException {
    List<Job> jobs = new ArrayList<>();
    for (JobSpec spec : specs) {
      jobs.add(new Job(spec));
    }
    var waiting = new java.util.concurrent.ConcurrentLinkedQueue<>(jobs);
    executor.setJobStatusCallback(
        (job, status) -> {
          Job next = status.isFinal() ? waiting.poll() : null;
          if (next != null) {
            executor.submit(next);
          }
        });
    for (int i = 0; i < most && !waiting.isEmpty(); i++) {
      executor.submit(waiting.remove());
    }
    for (Job job : jobs) {
      job.waitFor();
    }
    return jobs.size();
  }

  static Map<Job, PsijException> many(JobExecutor executor, Set<Job> jobs) {
    Map<Job, PsijException> refused = executor.submitAll(jobs);
    refused.forEach(
        (job, reason) -> System.err.println(job.getSpec() + ": " + reason.getMessage()));
    return refused;
  }

  static List<Path> read(JobExecutor executor, Job job, long position) {
    JobFiles files = executor.capability(JobFiles.class).orElseThrow();
    byte[] piece = files.peek(job, OutputFile.STDOUT, position, 64 * 1024); // also while it runs
    byte[] end = files.peek(job, OutputFile.of(Path.of("solver/log.txt")), -1000, 1000);
    List<Path> copies = files.fetch(job, Path.of("results"), false); // stdout, stderr, launcher.log
    files.free(job); // removes what the library has made for it
    System.out.println(piece.length + end.length);
    return copies;
  }

  static boolean submitted(JobExecutor executor, Job job) {
    try {
      executor.submit(job);
      return true;
    } catch (InvalidJobException e) {
      System.err.println("will never work: " + e.getMessage());
    } catch (SubmitException e) {
      System.err.println((e.isTransient() ? "try again later: " : "") + e.getMessage());
    }
    return false; // the job is still NEW
  }

  static JobSpec exchange(JobSpec spec) {
    JsonJobSpecSerializer json = new JsonJobSpecSerializer();
    String document = json.dumps(spec);
    JobSpec same = json.loads(document);
    return same;
  }

  static JobSpec large() {
    Profiles profiles = Profiles.loadDefaultFiles(); // or Profiles.load(path, path)
    JobSpec.Builder builder = JobSpec.builder("./simulate").launcher("srun");
    profiles.applyTo("large", builder);
    JobSpec spec = builder.build();
    return spec;
  }

  static JobStatus attach(JobExecutor executor, String nativeId) throws InterruptedException {
    Job job = new Job();
    executor.attach(job, nativeId);
    return job.waitFor();
  }

  static JobExecutor configure(Path scratch) {
    JobExecutorConfig config =
        LocalExecutorConfig.builder()
            .workDirectory(scratch)
            .walltimeEnforced(true)
            .terminationGrace(Duration.ofSeconds(10))
            .build();
    return JobExecutor.getInstance("local", "(>= 0.1, < 1.0)", null, config);
  }
}
