package org.psij.executors.work;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bash script that runs one job, or each task of an array: stages in, sources the pre-launch
 * script, launches, sources the post-launch script, stages out, cleans up, and writes into the
 * status file what it does. What differs between jobs is in a {@link JobPart}.
 */
public final class JobScript {
  /** Variables that would have bash run something, or change what the script means. */
  public static final List<String> SHELL_STARTUP =
      List.of("BASHOPTS", "BASH_ENV", "ENV", "POSIXLY_CORRECT", "SHELLOPTS");

  /**
   * What the script returns when it cannot write its files, and therefore runs nothing: {@code
   * EX_CANTCREAT} of {@code sysexits.h}.
   */
  public static final int NO_FILES = 73;

  private static final ScriptTemplate TEMPLATE =
      new ScriptTemplate(JobScript.class, "job.sh.mustache");

  private final JobDirectory directory;
  private final @Nullable JobPart part;
  private final Map<String, Object> values = new HashMap<>();

  private JobScript(String head, JobDirectory directory, @Nullable JobPart part) {
    this.directory = directory;
    this.part = part;
    values.put("head", head.stripTrailing());
    values.put("batch", false);
    values.put("array", part == null);
    values.put("noFiles", NO_FILES);
    values.put("cleanEnvironment", false);
    values.put("restored", List.of());
    values.put("jobDirectory", quote(directory.path()));
    values.put("parts", quote(directory.parts()));
  }

  /**
   * Begins the script of one job.
   *
   * @param head the beginning of the script, which says how to find out about the system below: see
   *     {@code BatchScheduler#scriptHead}
   * @param directory where the script writes its files
   * @param part what is to be run
   * @return the script
   */
  public static JobScript of(String head, JobDirectory directory, JobPart part) {
    return new JobScript(head, directory, part);
  }

  /**
   * Begins the script of an array, whose tasks have their parts in the file {@link
   * JobDirectory#parts()}, with a NUL behind each.
   *
   * @param head the beginning of the script, as for a job
   * @param directory the directory of the array
   * @return the script
   */
  public static JobScript ofArray(String head, JobDirectory directory) {
    return new JobScript(head, directory, null);
  }

  /**
   * Makes it a script that a scheduler starts: it claims the job, tells watchers when there is
   * something to read, and finds out itself on which hosts the job runs.
   *
   * @param watchers the folder with the addresses of those who want to know
   * @param log the file that takes what launcher and scripts print, or null for that of the job
   * @param restored statements that undo what the submit command needed in its environment
   * @param inheritEnvironment whether the job sees the environment that the scheduler hands over
   * @return this
   */
  public JobScript forScheduler(
      Path watchers, @Nullable Path log, List<String> restored, boolean inheritEnvironment) {
    values.put("batch", true);
    values.put("hint", ShellWord.quote(directory.hint()));
    values.put("watchers", quote(watchers));
    values.put("log", log == null ? "\"$psij_directory/launcher.log\"" : JobPart.stream(log));
    values.put("restored", restored);
    values.put("cleanEnvironment", !inheritEnvironment);
    return this;
  }

  /**
   * Gives the text of the script.
   *
   * @return the text, to be written as UTF-8
   */
  public String text() {
    if (part != null) {
      values.put("part", part.text());
    }
    return TEMPLATE.render(values);
  }

  private static String quote(Path path) {
    return ShellWord.quote(path.toString());
  }
}
