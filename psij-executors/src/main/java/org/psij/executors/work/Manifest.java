package org.psij.executors.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of what the library and its script make in the directory of a job or an array, which
 * are the only ones that are ever removed. One name in each line; a folder that is the job's to
 * fill has a slash behind it; what each task of an array has stands once, as {@code
 * task-{0..9}/NAME}. Immutable.
 */
public final class Manifest {
  static final String NAME = "manifest";

  private static final Logger LOG = LoggerFactory.getLogger(Manifest.class);
  private static final String HEAD = "# what the library and its script make in here\n";
  private static final String WORK = "work/";
  private static final int LONGEST = 1 << 20;
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_.+@\\[\\]-]{1,255}");
  private static final Pattern OF_TASKS = Pattern.compile("task-\\{0\\.\\.([0-9]{1,7})}/(.*)");

  private static final List<String> OF_SUBMISSION = List.of("owner", "submitting", "native_id");
  private static final List<String> OF_BATCH_SCRIPT = List.of("claim", "nodefile");
  private static final List<String> OF_SCRIPT = List.of("launch", "phase", "stop", "cancel");

  /** By these a directory is known as that of a job that has ended; they go last. */
  private static final List<String> EVIDENCE = List.of("status.1", "told", "job.sh");

  private final Set<String> names;
  private final Set<String> namesOfTasks;
  private final int tasks;

  private Manifest(Collection<String> names, Collection<String> namesOfTasks, int tasks) {
    this.names = new LinkedHashSet<>(names);
    this.namesOfTasks = new LinkedHashSet<>(namesOfTasks);
    this.tasks = tasks;
  }

  /**
   * Lists what comes of a job of this machine that is run by a script.
   *
   * @param spec the job
   * @param ownLog whether it has a launcher log of its own
   * @return the manifest
   */
  public static Manifest ofLocalJob(JobSpec spec, boolean ownLog) {
    return new Manifest(
        joined(List.of(OF_SCRIPT, outputs(List.of(spec), ownLog), EVIDENCE)), List.of(), 0);
  }

  /**
   * Lists what comes of a job of a scheduler.
   *
   * @param spec the job
   * @param ownLog whether it has a launcher log of its own
   * @return the manifest
   */
  public static Manifest ofBatchJob(JobSpec spec, boolean ownLog) {
    List<String> names =
        joined(
            List.of(
                OF_SUBMISSION,
                List.of("submitter_directory", "spec.json"),
                OF_BATCH_SCRIPT,
                OF_SCRIPT,
                outputs(List.of(spec), ownLog),
                EVIDENCE));
    return new Manifest(names, List.of(), 0);
  }

  /**
   * Lists what comes of an array and its tasks.
   *
   * @param specs the jobs
   * @param ownLog whether each has a launcher log of its own
   * @return the manifest
   */
  public static Manifest ofArray(List<JobSpec> specs, boolean ownLog) {
    List<String> names =
        joined(
            List.of(
                OF_SUBMISSION,
                List.of("submitter_directory", "specs.jsonl", "parts", "job_ids", "job.sh")));
    List<String> namesOfTasks =
        joined(
            List.of(
                OF_SUBMISSION,
                OF_BATCH_SCRIPT,
                OF_SCRIPT,
                outputs(specs, ownLog),
                List.of("status.1", "told")));
    return new Manifest(names, namesOfTasks, specs.size());
  }

  private static List<String> outputs(List<JobSpec> specs, boolean ownLog) {
    List<String> names = new ArrayList<>();
    if (ownLog) {
      names.add("launcher.log");
    }
    if (specs.stream().anyMatch(spec -> spec.getStdoutPath() == null)) {
      names.add("stdout");
    }
    if (specs.stream().anyMatch(spec -> spec.getStderrPath() == null)) {
      names.add("stderr");
    }
    if (specs.stream().anyMatch(JobPaths::runsInOwnDirectory)) {
      names.add(WORK);
    }
    return names;
  }

  private static List<String> joined(List<List<String>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  /**
   * Gives the text of the file.
   *
   * @return the text
   */
  public String text() {
    StringBuilder text = new StringBuilder(HEAD);
    names.forEach(name -> text.append(name).append('\n'));
    String folders = "task-{0.." + (tasks - 1) + "}/";
    namesOfTasks.forEach(name -> text.append(folders).append(name).append('\n'));
    return text.toString();
  }

  /**
   * Reads the file of a job or of an array. A name that leads elsewhere is passed over.
   *
   * @param directory the place of the job or the array
   * @return the manifest, or null if there is none: an earlier version has made the directory
   * @throws IOException if it cannot be read
   */
  static @Nullable Manifest read(JobDirectory directory) throws IOException {
    String text = text(directory.manifest());
    if (text == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    List<String> namesOfTasks = new ArrayList<>();
    int tasks = 0;
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      Matcher ofTasks = OF_TASKS.matcher(line);
      if (ofTasks.matches() && isName(ofTasks.group(2))) {
        tasks = Integer.parseInt(ofTasks.group(1)) + 1;
        namesOfTasks.add(ofTasks.group(2));
      } else if (isName(line)) {
        names.add(line);
      } else if (!line.startsWith("#")) {
        LOG.warn("{}: '{}' is no name of a file in there", directory.manifest(), line);
      }
    }
    return new Manifest(names, namesOfTasks, tasks);
  }

  /** A job that runs again and again makes the file long, and a full disk cuts its last line. */
  private static @Nullable String text(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Somebody may have damaged the file, and what it names would be removed. */
  private static boolean isName(String line) {
    return line.equals(WORK) || isFileName(line);
  }

  /** Tells whether a text names a file in the same folder, and no other. */
  static boolean isFileName(String text) {
    return FILE.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  /** Tells whether a name is that of a folder, which goes with all that is in it. */
  static boolean isFolder(String name) {
    return name.equals(WORK);
  }

  /** What is in the directory of the job or of the array; that by which it is known comes last. */
  List<String> names() {
    return inOrder(names);
  }

  /** What is in the folder of each task. */
  List<String> namesOfTasks() {
    return inOrder(namesOfTasks);
  }

  /** How many tasks there are; 0 for a job that is no array. */
  int tasks() {
    return tasks;
  }

  private static List<String> inOrder(Set<String> names) {
    return Stream.concat(
            names.stream().filter(name -> !EVIDENCE.contains(name)),
            EVIDENCE.stream().filter(names::contains))
        .toList();
  }
}
