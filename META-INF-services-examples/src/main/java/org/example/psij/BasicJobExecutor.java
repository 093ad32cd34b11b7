package org.example.psij;

import static java.util.Objects.requireNonNullElse;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.psij.ExecutorContext;
import org.psij.FailureCause;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.Launcher;
import org.psij.SubmitException;

/**
 * A tutorial: each job is a process of this machine, and its native id is the process id.
 *
 * <p>The base class validates jobs, refuses those that need a feature not declared here, sees that
 * a job is submitted once, keeps states in order and calls the callbacks. Left to an executor are
 * the {@code do…} methods, which any number of threads may call at once, and to {@link #report}
 * what happens. There is no state but that of the instance, and no thread but those of the JDK.
 */
public final class BasicJobExecutor extends JobExecutor {
  private static final Path NULL_DEVICE = Path.of("/dev/null");
  private static final int GRACE_SECONDS = 2;
  private static final int TAIL_LENGTH = 8192;

  private final Map<Job, Run> runs = new ConcurrentHashMap<>();

  /** A job's process. Its exit and a cancellation may meet: who sets {@code decided} reports. */
  private record Run(Process process, Launcher launcher, File stderr, AtomicBoolean decided) {}

  /**
   * Creates the executor; the registry calls this.
   *
   * @param context what the registry knows and the user wants
   */
  public BasicJobExecutor(ExecutorContext context) {
    super(context);
    if (context.getUrl() != null) {
      throw new IllegalArgumentException("'basic' takes no url, was '" + context.getUrl() + "'");
    }
  }

  /** Whatever is thrown here leaves the job NEW, so nothing may have been started by then. */
  @Override
  protected String doSubmit(Job job, JobSpec spec) {
    String name = requireNonNullElse(spec.getLauncher(), Launcher.DEFAULT_LAUNCHER_NAME);
    Launcher launcher = Launcher.getInstance(name, null, getConfig());
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(launcher.getLaunchCommand(job)));
    requireEncodable(builder.command() + " " + spec.getEnvironment());
    prepare(builder, spec);
    Run run =
        new Run(start(builder), launcher, builder.redirectError().file(), new AtomicBoolean());
    runs.put(job, run);
    report(job, JobStatus.builder(JobState.ACTIVE).build()); // kept until this method returns
    var unused = run.process().onExit().thenAccept(process -> ended(job, run, process.exitValue()));
    return String.valueOf(run.process().pid());
  }

  /** Java hands text to processes as the locale writes it, with a '?' for what that lacks. */
  private static void requireEncodable(String text) {
    String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (!Charset.forName(charset).newEncoder().canEncode(text)) {
      throw new InvalidJobException(null, "has text that " + charset + " lacks; use UTF-8");
    }
  }

  /** Streams are files and not pipes: nobody has to drain them, and the job may outlive us. */
  private static void prepare(ProcessBuilder builder, JobSpec spec) {
    Path directory = requireNonNullElse(spec.getDirectory(), Path.of("")).toAbsolutePath();
    if (!Files.isDirectory(directory)) {
      throw new SubmitException("directory '" + directory + "' does not exist");
    }
    builder.directory(directory.toFile());
    if (!spec.isInheritEnvironment()) {
      builder.environment().clear();
    }
    builder.environment().putAll(spec.getEnvironment());
    builder.command().set(0, locate(builder.command().get(0), directory, builder.environment()));
    Path stdin = directory.resolve(requireNonNullElse(spec.getStdinPath(), NULL_DEVICE));
    Path stdout = directory.resolve(requireNonNullElse(spec.getStdoutPath(), NULL_DEVICE));
    Path stderr = directory.resolve(requireNonNullElse(spec.getStderrPath(), NULL_DEVICE));
    builder.redirectInput(stdin.toFile());
    builder.redirectOutput(stdout.toFile());
    builder.redirectError(stderr.toFile());
    builder.redirectErrorStream(stderr.equals(stdout)); // opened twice, one would overwrite
  }

  /** Finds a program as execvp(3) would, in the PATH of the job: ProcessBuilder looks in ours. */
  private static String locate(String program, Path directory, Map<String, String> environment) {
    String path = program.contains("/") ? "" : environment.getOrDefault("PATH", "/bin:/usr/bin");
    return Stream.of(path.split(":", -1))
        .map(folder -> directory.resolve(folder).resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .orElseThrow(() -> new SubmitException("executable '" + program + "' was not found"))
        .toString();
  }

  /** Opens the files of the job, and only then starts the process. */
  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new SubmitException("cannot be started: " + e.getMessage(), e);
    }
  }

  /** Before COMPLETED the base class fills in the states passed; before FAILED it cannot know. */
  private void ended(Job job, Run run, int exitCode) {
    if (!run.decided().compareAndSet(false, true)) {
      return;
    }
    if (exitCode == 0) {
      finish(job, JobStatus.builder(JobState.COMPLETED).exitCode(0));
      return;
    }
    String stderr = run.stderr().isFile() ? tail(run.stderr()) : ""; // a pipe could block
    String problem = run.launcher().explainFailure(exitCode, stderr);
    JobStatus.Builder failed = JobStatus.builder(JobState.FAILED).exitCode(exitCode);
    if (problem == null) {
      report(job, JobStatus.builder(JobState.CLEANUP).build()); // the job did run
      finish(job, failed.cause(FailureCause.EXIT_CODE).message("exit code " + exitCode));
    } else {
      finish(job, failed.cause(FailureCause.LAUNCHER).message(problem));
    }
  }

  private void finish(Job job, JobStatus.Builder end) {
    runs.remove(job);
    report(job, end.build());
  }

  private static String tail(File file) {
    try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
      byte[] bytes = new byte[TAIL_LENGTH];
      in.seek(Math.max(0, in.length() - TAIL_LENGTH));
      return new String(bytes, 0, Math.max(0, in.read(bytes)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** SIGTERM to the process tree of this moment, SIGKILL to what is left after a time of grace. */
  @Override
  protected void doCancel(Job job, String nativeId) {
    Run run = runs.get(job);
    if (run == null || !run.decided().compareAndSet(false, true)) {
      return;
    }
    Process process = run.process();
    List<ProcessHandle> tree =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    tree.forEach(ProcessHandle::destroy);
    CompletableFuture<?>[] exits =
        tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    JobStatus.Builder canceled =
        JobStatus.builder(JobState.CANCELED).cause(FailureCause.CANCELED_BY_USER);
    var unused =
        CompletableFuture.allOf(exits)
            .completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS)
            .thenRun(() -> tree.forEach(ProcessHandle::destroyForcibly))
            .thenCompose(killed -> process.onExit())
            .thenRun(() -> finish(job, canceled));
  }

  @Override
  protected void doAttach(Job job, String nativeId) {
    throw new InvalidJobException(null, "'basic' cannot attach"); // no Feature.ATTACH: never called
  }

  @Override
  protected List<String> doList() {
    return runs.values().stream().map(run -> String.valueOf(run.process().pid())).toList();
  }

  @Override
  protected void doClose() {
    runs.clear(); // the jobs go on
  }
}
