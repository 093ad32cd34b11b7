package org.psij.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobStatus;
import org.psij.executors.work.PrivateFiles;

/**
 * The standard streams of a job that names no files for them: they go to files of their own, which
 * are passed on while they grow. This works with every executor, on a cluster too.
 */
final class JobOutput implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final JobSpec spec;
  private final Path folder;
  private final @Nullable Tail stdout;
  private final @Nullable Tail stderr;

  private JobOutput(JobSpec spec, Path folder) throws IOException {
    this.spec = spec;
    this.folder = folder;
    stdout = spec.getStdoutPath() == null ? new Tail(folder.resolve("stdout")) : null;
    stderr = spec.getStderrPath() == null ? new Tail(folder.resolve("stderr")) : null;
  }

  /** Makes the files in the work directory, which the nodes of a cluster see as well. */
  static JobOutput of(JobSpec spec, Path workDirectory) throws IOException {
    PrivateFiles.createDirectories(workDirectory);
    return new JobOutput(spec, Files.createTempDirectory(workDirectory, "run-"));
  }

  JobSpec redirected() {
    JobSpec.Builder redirected = spec.toBuilder();
    if (stdout != null) {
      redirected.stdoutPath(stdout.file);
    }
    if (stderr != null) {
      redirected.stderrPath(stderr.file);
    }
    return redirected.build();
  }

  /** Passes the output on until the job has ended. */
  JobStatus passThrough(Job job, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException {
    out.flush();
    err.flush();
    JobStatus end = job.waitFor(LOOK);
    boolean canceled = false;
    while (end == null) {
      passOn();
      if (!canceled && System.out.checkError()) {
        canceled = true; // nobody reads on
        job.cancel();
      }
      end = job.waitFor(LOOK);
    }
    passOn();
    return end;
  }

  private void passOn() throws IOException {
    if (stdout != null) {
      stdout.passTo(System.out);
    }
    if (stderr != null) {
      stderr.passTo(System.err);
    }
  }

  @Override
  public void close() throws IOException {
    for (String name : new String[] {"stdout", "stderr"}) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }

  /** A file that grows, and how much of it has been passed on. */
  private static final class Tail {
    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private long position;

    /** Makes the file: a network file system may keep in mind for long that there is none. */
    Tail(Path file) throws IOException {
      this.file = PrivateFiles.create(file);
    }

    void passTo(java.io.PrintStream target) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        while (!target.checkError() && channel.read(buffer, position) > 0) {
          target.write(buffer.array(), 0, buffer.position());
          position += buffer.position();
          buffer.clear();
        }
        target.flush();
      } catch (NoSuchFileException e) {
        return; // somebody has removed it
      }
    }
  }
}
