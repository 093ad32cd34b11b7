package org.psij.executors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobExecutorConfig;
import org.psij.JobSpec;
import org.psij.executors.batch.BatchExecutorConfig;
import org.psij.executors.local.LocalExecutorConfig;

/**
 * Submits a job that needs a script, and recovers twice, in a JVM that was started under a umask.
 * Root is deprived of what lets it pass over permissions.
 */
public final class SubmitWithUmask {
  private SubmitWithUmask() {}

  public static void main(String[] arguments) throws Exception {
    boolean local = arguments[0].equals("local");
    Path work = Path.of(arguments[1]);
    JobExecutorConfig config =
        local
            ? LocalExecutorConfig.builder().workDirectory(work).build()
            : BatchExecutorConfig.builder()
                .workDirectory(work)
                .commandFolder(Path.of(arguments[2]))
                .build();
    JobExecutor executor = JobExecutor.getInstance(arguments[0], null, null, config);
    Job job =
        new Job(
            JobSpec.builder("/bin/true")
                .launcher("multiple")
                .stdoutPath(Path.of("/dev/null"))
                .stderrPath(Path.of("/dev/null"))
                .build());
    executor.submit(job);
    if (local) {
      System.out.println(job.waitFor().getState());
    } else {
      executor.recover();
      executor.recover();
      System.out.println(job.getStatus().getState());
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  /** Prepares a command under a umask. */
  public static ProcessBuilder command(String umask, String... command) {
    List<String> words = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      words.addAll(List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
    }
    words.addAll(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
    words.addAll(List.of(command));
    return new ProcessBuilder(words).redirectErrorStream(true);
  }

  /** Prepares the JVM that submits. */
  public static ProcessBuilder jvm(String umask, String executor, Path work, Path commands) {
    return command(
        umask,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        SubmitWithUmask.class.getName(),
        executor,
        work.toString(),
        commands.toString());
  }
}
