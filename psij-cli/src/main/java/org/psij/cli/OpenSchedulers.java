package org.psij.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.JobExecutor;
import org.psij.PsijException;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.batch.ScriptPreview;
import org.psij.spi.PluginInfo;

/** Executors that show what they would submit. Their work directory goes away with them. */
final class OpenSchedulers implements AutoCloseable {
  private final Path folder;
  private final List<JobExecutor> executors = new ArrayList<>();
  private final Map<String, ScriptPreview> previews = new LinkedHashMap<>();

  private OpenSchedulers() throws IOException {
    folder = Files.createTempDirectory("psij-options-");
  }

  /** Opens the one with this name, or all that there are. */
  static OpenSchedulers open(@Nullable String name, PrintWriter err) throws IOException {
    OpenSchedulers schedulers = new OpenSchedulers();
    try {
      if (name == null) {
        schedulers.addAll(err);
      } else {
        JobExecutor executor = schedulers.add(name);
        schedulers.previews.put(executor.getName(), SubmissionPreview.of(executor));
      }
      return schedulers;
    } catch (RuntimeException e) {
      schedulers.close();
      throw e;
    }
  }

  private void addAll(PrintWriter err) {
    for (PluginInfo plugin : JobExecutor.getExecutorInfos()) {
      if (plugin.getProblem() == null && !previews.containsKey(plugin.getName())) {
        try {
          JobExecutor executor = add(plugin.getName());
          executor
              .capability(ScriptPreview.class)
              .ifPresent(preview -> previews.put(executor.getName(), preview));
        } catch (PsijException | IllegalArgumentException e) {
          ErrorLine.print(err, plugin.getName() + " is left out: " + e.getMessage());
        }
      }
    }
  }

  private JobExecutor add(String name) {
    BatchExecutorConfig config =
        BatchExecutorConfig.builder().workDirectory(folder).withoutHints().build();
    JobExecutor executor = JobExecutor.getInstance(name, null, null, config);
    executors.add(executor);
    return executor;
  }

  /** By the names of the executors. */
  Map<String, ScriptPreview> previews() {
    return previews;
  }

  @Override
  public void close() throws IOException {
    executors.forEach(JobExecutor::close);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
