package org.psij.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.ScriptPreview;
import org.psij.executors.work.ShellWord;
import picocli.CommandLine;

/** Shows what a submission would hand to the scheduler, and submits nothing. */
final class SubmissionPreview {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private SubmissionPreview() {}

  /**
   * Prints the script to standard output, character by character, such that it can be kept in a
   * file; all else goes to standard error. As JSON, everything goes to standard output.
   */
  static void print(JobExecutor executor, JobSpec spec, boolean json, CommandLine command) {
    ScriptPreview.Preview preview = of(executor).preview(new Job(spec));
    PrintWriter out = command.getOut();
    if (json) {
      out.println(JsonText.of(fields(executor, preview)));
    } else {
      out.print(preview.script());
      out.flush();
      print(preview, command.getErr());
    }
  }

  /** Refuses an executor that submits none. */
  static ScriptPreview of(JobExecutor executor) {
    return Capabilities.of(executor, ScriptPreview.class, "submits no script that could be shown");
  }

  private static Map<String, @Nullable Object> fields(
      JobExecutor executor, ScriptPreview.Preview preview) {
    ResourceSpecV1 resources = preview.resources();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("executor", executor.getName());
    fields.put("script", preview.script());
    fields.put("submit_command", preview.submitCommand());
    fields.put("node_count", resources.getComputedNodeCount());
    fields.put("process_count", resources.getComputedProcessCount());
    fields.put("processes_per_node", resources.getComputedProcessesPerNode());
    fields.put("memory", resources.getMemory());
    return fields;
  }

  private static void print(ScriptPreview.Preview preview, PrintWriter err) {
    ResourceSpecV1 resources = preview.resources();
    Long memory = resources.getMemory();
    err.println(
        "submitted by: "
            + preview.submitCommand().stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : ShellWord.quote(word))
                .collect(Collectors.joining(" ")));
    err.println("nodes: " + resources.getComputedNodeCount());
    err.println("processes: " + resources.getComputedProcessCount());
    err.println("processes per node: " + resources.getComputedProcessesPerNode());
    err.println("memory: " + (memory == null ? "not given" : memory + " bytes in all"));
  }
}
