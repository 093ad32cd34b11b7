package org.psij.executors.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.EpochSeconds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of {@code python3} that starts processes on request and tells their ends; {@code
 * spawn_helper.py} has the protocol. Safe for use by many threads.
 */
final class SpawnHelper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpawnHelper.class);
  private static final String PROGRAM = "spawn_helper.py";
  private static final long CLOSE_MILLIS = 2_000;
  private static final int INHERIT = 1;
  private static final int APPEND = 2;
  private static final int ONE_STREAM = 4;

  /** Reads the program from standard input, so that no file is needed. */
  private static final String LOADER =
      "import sys; exec(open(0, 'rb', closefd=False).read(int(sys.argv[1])))";

  /** What ps(1) shows. */
  private static final String NAME = "psij-spawn-helper";

  /** The helper has ended, and with it what it would have told. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    GoneException(String message) {
      super(message);
    }
  }

  /** A process that was asked for, before and after it was started. */
  private static final class Ticket {
    private final int number;
    private final String jobId;
    private final CompletableFuture<StartedProcess> started = new CompletableFuture<>();

    Ticket(int number, String jobId) {
      this.number = number;
      this.jobId = jobId;
    }
  }

  private final Process process;
  private final OutputStream requests;
  private final Thread reader;
  private final CompletableFuture<String> version = new CompletableFuture<>();
  private final Map<Integer, Ticket> tickets = new ConcurrentHashMap<>();
  private final AtomicInteger lastTicket = new AtomicInteger();
  private final Executor news;

  /** Ends that nobody was told of yet. */
  private final BlockingQueue<Runnable> ends = new LinkedBlockingQueue<>();

  private final Consumer<Map<String, StartedProcess>> whenGone;
  private volatile boolean closed;
  private volatile boolean gone;

  /**
   * Starts a helper.
   *
   * @param python the interpreter
   * @param journal the file to which the helper appends
   * @param news runs what tells the end of a process
   * @param whenGone is told, if the helper ends before it is closed, whose ends nobody watches any
   *     more: the job of each process, and the process
   */
  SpawnHelper(
      Path python, Path journal, Executor news, Consumer<Map<String, StartedProcess>> whenGone)
      throws IOException {
    this.news = news;
    this.whenGone = whenGone;
    byte[] program = program();
    process =
        new ProcessBuilder(
                List.of(
                    python.toString(),
                    "-I",
                    "-S",
                    "-c",
                    LOADER,
                    String.valueOf(program.length),
                    NAME,
                    journal.toString()))
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD) // its problems come as answers
            .start();
    requests = process.getOutputStream();
    reader = new Thread(this::readAnswers, "psij-local-processes");
    reader.setDaemon(true);
    reader.start();
    requests.write(program);
    requests.flush();
  }

  private static byte[] program() throws IOException {
    try (InputStream program = SpawnHelper.class.getResourceAsStream(PROGRAM)) {
      if (program == null) {
        throw new IOException(PROGRAM + " is missing in the library");
      }
      return program.readAllBytes();
    }
  }

  /** Waits until it is there, and names its version. */
  String awaitReady(Duration patience) throws IOException {
    return await(version, patience);
  }

  /**
   * Starts processes, asked for in one piece. What is awaited throws {@link GoneException} if the
   * helper has ended and may have started it.
   *
   * @param requests by the id of the job in the journal, empty for a process that is no job
   */
  List<ProcessStarter.Start> start(Map<String, ProcessRequest> requests) {
    List<ProcessStarter.Start> starts = new ArrayList<>(requests.size());
    List<Ticket> sent = new ArrayList<>(requests.size());
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    requests.forEach(
        (jobId, request) -> {
          Ticket ticket = new Ticket(lastTicket.incrementAndGet(), jobId);
          tickets.put(ticket.number, ticket);
          sent.add(ticket);
          starts.add(() -> await(ticket.started, null));
          writeFrame(frames, startFields(ticket.number, jobId, request));
        });
    send(frames, sent);
    return starts;
  }

  private void send(ByteArrayOutputStream frames, List<Ticket> sent) {
    try {
      synchronized (requests) {
        frames.writeTo(requests);
        requests.flush();
      }
    } catch (IOException e) {
      refuse(sent, "the spawn helper cannot be reached: " + e.getMessage());
    }
    if (gone) {
      refuse(sent, "the spawn helper has ended");
    }
  }

  private void refuse(List<Ticket> sent, String problem) {
    for (Ticket ticket : sent) {
      // one that was answered is that of a process which nobody watches any more: see ended()
      if (!ticket.started.isDone() && tickets.remove(ticket.number, ticket)) {
        ticket.started.completeExceptionally(new GoneException(problem));
      }
    }
  }

  /** Waits for an answer, interrupted or not: what was asked for happens in any case. */
  static <T> T await(CompletableFuture<T> answer, @Nullable Duration patience) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return patience == null
              ? answer.get()
              : answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      throw new IOException("it did not answer in " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static List<String> startFields(int ticket, String jobId, ProcessRequest request) {
    boolean oneStream = request.stderr().equals(request.stdout());
    int flags =
        (request.inheritEnvironment() ? INHERIT : 0)
            | (request.append() ? APPEND : 0)
            | (oneStream ? ONE_STREAM : 0);
    List<String> fields =
        new ArrayList<>(
            List.of(
                "start",
                String.valueOf(ticket),
                String.valueOf(flags),
                jobId,
                request.directory().toString(),
                request.stdin().toString(),
                request.stdout().toString(),
                request.stderr().toString(),
                String.valueOf(request.command().size())));
    fields.addAll(request.command());
    request.environment().forEach((name, value) -> fields.add(name + "=" + value));
    return fields;
  }

  private static void writeFrame(ByteArrayOutputStream frames, List<String> fields) {
    List<byte[]> texts = fields.stream().map(field -> field.getBytes(UTF_8)).toList();
    int length = texts.stream().mapToInt(text -> text.length + 1).sum();
    frames.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    for (byte[] text : texts) {
      frames.writeBytes(text);
      frames.write(0);
    }
  }

  boolean isGone() {
    return gone;
  }

  private void readAnswers() {
    try (BufferedReader answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        understand(line.split(" ", 4));
        if (!answers.ready()) {
          tellEnds();
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("The spawn helper (process {}) cannot be understood any more", process.pid(), e);
      process.destroyForcibly();
      process.onExit().join(); // what it has not started by then, it will not
    } finally {
      ended(new GoneException("the spawn helper has ended"));
    }
  }

  private void understand(String[] words) {
    switch (words[0]) {
      case "ready" -> version.complete(words[1]);
      case "started" -> started(Integer.parseInt(words[1]), words[2], words[3].split(" ", 2));
      case "refused" -> refused(Integer.parseInt(words[1]), words[3]);
      case "ended" -> ended(Integer.parseInt(words[1]), words[2], words[3].split(" ", 2));
      case "failed" -> LOG.error("The spawn helper fails: {}", String.join(" ", words));
      default -> throw new IllegalStateException("Unknown answer " + words[0]);
    }
  }

  private void started(int number, String pid, String[] birthAndTime) {
    Ticket ticket = tickets.get(number);
    if (ticket != null) {
      ticket.started.complete(
          new StartedProcess(
              new ProcessId(
                  Long.parseLong(pid), birthAndTime[0], EpochSeconds.parse(birthAndTime[1]))));
    }
  }

  private void refused(int number, String reason) {
    Ticket ticket = tickets.remove(number);
    if (ticket != null) {
      ticket.started.completeExceptionally(new IOException(reason));
    }
  }

  private void ended(int number, String exitCode, String[] signalAndTime) {
    Ticket ticket = tickets.remove(number);
    if (ticket != null) {
      StartedProcess ended = ticket.started.join();
      ProcessEnd end =
          new ProcessEnd(
              Integer.valueOf(exitCode),
              Integer.valueOf(signalAndTime[0]),
              EpochSeconds.parse(signalAndTime[1]));
      if (ticket.jobId.isEmpty()) {
        ended.ended(end); // only a test of this helper
      } else {
        ends.add(() -> ended.ended(end));
      }
    }
  }

  /** Together, since to wake up who tells them takes longer than to tell one. */
  private void tellEnds() {
    List<Runnable> some = new ArrayList<>();
    if (ends.drainTo(some) > 0) {
      news.execute(() -> some.forEach(Runnable::run));
    }
  }

  /**
   * The helper answers nothing any more: it is closed, or it is gone.
   *
   * @param reason what those learn who wait for an answer
   */
  private void ended(IOException reason) {
    gone = true;
    tellEnds();
    version.completeExceptionally(new IOException("it ended at once"));
    Map<String, StartedProcess> unwatched = new ConcurrentHashMap<>();
    for (Integer number : List.copyOf(tickets.keySet())) {
      Ticket ticket = tickets.remove(number);
      if (ticket != null && !ticket.started.completeExceptionally(reason)) {
        unwatched.put(ticket.jobId, ticket.started.join());
      }
    }
    if (!closed) {
      whenGone.accept(unwatched);
    }
  }

  /** Lets the helper end when its last process has; one that has stopped is waited for in vain. */
  @Override
  public void close() {
    closed = true;
    Thread closing = new Thread(this::closeRequests, "psij-local-closing");
    closing.setDaemon(true);
    closing.start();
    join(closing);
    if (Thread.currentThread() != reader) {
      join(reader);
    }
    if (reader.isAlive()) {
      LOG.warn("The spawn helper (process {}) does not answer any more", process.pid());
      // whoever waits for an answer waits no longer; what it was asked for may still be started
      ended(new UnknownStartException("the executor is closed, and the spawn helper is silent"));
    }
  }

  /** Waits for a thread, interrupted or not: who closes in a hurry would learn the wrong thing. */
  private static void join(Thread thread) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    boolean interrupted = false;
    long left = CLOSE_MILLIS;
    while (thread.isAlive() && left > 0) {
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeRequests() {
    try {
      requests.close();
    } catch (IOException e) {
      LOG.debug("The spawn helper (process {}) has gone before", process.pid(), e);
    }
  }

  /** Ends the helper at once, for one that cannot be used. */
  void destroy() {
    process.destroyForcibly();
    close();
  }
}
