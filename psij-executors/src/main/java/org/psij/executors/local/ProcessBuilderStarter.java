package org.psij.executors.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.executors.work.Signal;

/**
 * Starts processes with {@link ProcessBuilder}, through {@code setsid(1)} where it is present.
 * Works everywhere, with a thread of the JDK for each process, and cannot tell a signal from an
 * exit code.
 */
final class ProcessBuilderStarter implements ProcessStarter {
  /** One by one: a group that is gone must not keep the signal from the others. */
  private static final String SEND =
      "signal=$1; shift; for group in \"$@\"; do kill -s \"$signal\" -- \"$group\"; done";

  private final @Nullable Path setsid =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(null);

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // StartedProcess logs what its listeners throw
  public StartedProcess start(ProcessRequest request) throws IOException {
    Process process = builder(request).start();
    StartedProcess started = new StartedProcess(process.pid(), Instant.now());
    process
        .onExit()
        .thenAccept(ended -> started.ended(new ProcessEnd(ended.exitValue(), null, Instant.now())));
    return started;
  }

  private ProcessBuilder builder(ProcessRequest request) {
    List<String> command = new ArrayList<>(request.command().size() + 1);
    if (setsid != null) {
      command.addAll(List.of(setsid.toString(), "--"));
    }
    command.addAll(request.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(request.directory().toFile())
            .redirectInput(request.stdin().toFile())
            .redirectOutput(redirect(request.stdout(), request.append()));
    if (request.stderr().equals(request.stdout())) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(redirect(request.stderr(), request.append()));
    }
    Map<String, String> environment = builder.environment();
    if (!request.inheritEnvironment()) {
      environment.clear();
    }
    environment.putAll(request.environment());
    return builder;
  }

  private static ProcessBuilder.Redirect redirect(Path path, boolean append) {
    File file = path.toFile();
    return append ? ProcessBuilder.Redirect.appendTo(file) : ProcessBuilder.Redirect.to(file);
  }

  @Override
  public void signalGroups(Collection<Long> groups, Signal signal) throws IOException {
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

  @Override
  public boolean tellsSignals() {
    return false;
  }

  @Override
  public String describe() {
    return setsid == null ? "ProcessBuilder, without setsid" : "ProcessBuilder with setsid";
  }

  @Override
  public void close() {}
}
