package org.psij.executors.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes with {@link ProcessBuilder}, through {@code setsid(1)} where it is present.
 * Works everywhere, with a thread of the JDK for each process. Cannot tell a signal from an exit
 * code, and what ends after the JVM leaves no exit code behind.
 */
final class ProcessBuilderStarter implements ProcessStarter {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessBuilderStarter.class);

  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private static final @Nullable Path SETSID =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(null);

  /** One by one: a group that is gone must not keep the signal from the others. */
  private static final String SEND =
      "signal=$1; shift; for group in \"$@\"; do kill -s \"$signal\" -- \"$group\"; done";

  private final Journal journal;
  private final String reason;
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /**
   * Announces itself in the journal.
   *
   * @param reason why this way was chosen, for people
   */
  ProcessBuilderStarter(Journal journal, String reason) throws IOException {
    this.journal = journal;
    this.reason = reason;
    journal.starter(ProcessId.ofStarted(ProcessHandle.current().pid()));
  }

  @Override
  public List<Start> start(Map<String, ProcessRequest> requests) {
    List<Start> starts = new ArrayList<>(requests.size());
    requests.forEach((jobId, request) -> starts.add(() -> start(jobId, request)));
    return starts;
  }

  private StartedProcess start(String jobId, ProcessRequest request) throws IOException {
    open.readLock().lock();
    try {
      if (closed) {
        throw new IOException("the executor is closed");
      }
      return startOpen(jobId, request);
    } finally {
      open.readLock().unlock();
    }
  }

  private StartedProcess startOpen(String jobId, ProcessRequest request) throws IOException {
    journal.starting(jobId);
    Process process = begin(jobId, request);
    StartedProcess started = new StartedProcess(ProcessId.ofStarted(process.pid()));
    try {
      journal.started(jobId, started.id());
    } catch (IOException e) {
      LOG.error(
          "Job {} (native id {}) runs, but not in the journal: other processes cannot attach",
          jobId,
          process.pid(),
          e);
    }
    tellEnd(jobId, process, started);
    return started;
  }

  private Process begin(String jobId, ProcessRequest request) throws IOException {
    try {
      return builder(request).start();
    } catch (IOException e) {
      journal.refused(jobId);
      throw e;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // StartedProcess logs what its listeners throw
  private void tellEnd(String jobId, Process process, StartedProcess started) {
    process
        .onExit()
        .thenAccept(
            ended -> {
              ProcessEnd end = new ProcessEnd(ended.exitValue(), null, Instant.now());
              write(jobId, started, end);
              started.ended(end);
            });
  }

  private void write(String jobId, StartedProcess started, ProcessEnd end) {
    try {
      journal.ended(jobId, end);
    } catch (NoSuchFileException e) {
      LOG.warn(
          "Job {} (native id {}): somebody has removed the journal {}",
          jobId,
          started.id().pid(),
          e.getFile());
    } catch (IOException e) {
      LOG.error(
          "Job {} (native id {}): its end cannot be written to the journal",
          jobId,
          started.id().pid(),
          e);
    }
  }

  private static ProcessBuilder builder(ProcessRequest request) throws IOException {
    List<String> command = new ArrayList<>(request.command().size() + 1);
    if (SETSID != null) {
      command.addAll(List.of(SETSID.toString(), "--"));
    }
    command.addAll(request.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(request.directory().toFile())
            .redirectInput(request.stdin().toFile());
    redirect(builder, request);
    Map<String, String> environment = builder.environment();
    if (!request.inheritEnvironment()) {
      environment.clear();
    }
    environment.putAll(request.environment());
    return builder;
  }

  /** With {@code redirectErrorStream} the JDK would keep a pipe and a buffer for each process. */
  private static void redirect(ProcessBuilder builder, ProcessRequest request) throws IOException {
    boolean append = request.append() || isEmptied(request);
    builder.redirectOutput(redirect(request.stdout(), append));
    builder.redirectError(redirect(request.stderr(), append));
  }

  /** Both streams append to a file that they share, so that neither overwrites the other. */
  private static boolean isEmptied(ProcessRequest request) throws IOException {
    Path file = request.stdout();
    if (!request.stderr().equals(file) || (Files.exists(file) && !Files.isRegularFile(file))) {
      return false;
    }
    Files.newOutputStream(file).close();
    return true;
  }

  private static ProcessBuilder.Redirect redirect(Path path, boolean append) {
    File file = path.toFile();
    return append ? ProcessBuilder.Redirect.appendTo(file) : ProcessBuilder.Redirect.to(file);
  }

  /** Sends a signal to whole process groups; those that are gone already are no error. */
  static void signal(Collection<Long> groups, Signal signal) throws IOException {
    if (groups.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SEND, "kill", signal.name()));
    groups.forEach(group -> command.add("-" + group));
    Process kill =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      kill.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts a process that is no job, in a session of its own where that can be had. */
  static void startAside(List<String> command) throws IOException {
    builder(
            new ProcessRequest(
                command,
                Path.of("/"),
                true,
                Map.of(),
                NULL_DEVICE,
                NULL_DEVICE,
                NULL_DEVICE,
                false))
        .start();
  }

  /** {@code setsid} runs before it finds out that there is nothing to run. */
  @Override
  public boolean tellsRefusals() {
    return false;
  }

  /** The JDK writes arguments and environment in the charset of the locale. */
  @Override
  public boolean carriesAnyText() {
    Charset charset =
        Runtime.version().feature() < 18
            ? Charset.defaultCharset()
            : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    return charset.equals(StandardCharsets.UTF_8);
  }

  @Override
  public String describe() {
    return (SETSID == null ? "ProcessBuilder, without setsid" : "ProcessBuilder with setsid")
        + " ("
        + reason
        + ")";
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      closed = true;
    } finally {
      open.writeLock().unlock();
    }
    try {
      journal.drained();
    } catch (IOException e) {
      LOG.warn("The journal {} cannot be written", journal.file(), e);
    }
  }
}
