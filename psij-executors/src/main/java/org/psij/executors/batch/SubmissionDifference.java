package org.psij.executors.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.executors.batch.ScriptPreview.Preview;

/**
 * What the submission of one job has that the submission of another has not: it shows what a
 * scheduler makes of a field of a job. Immutable.
 */
public final class SubmissionDifference {
  private static final Pattern DIRECTIVE = Pattern.compile("^#(\\$|[A-Z]+) +(?=-)");
  private static final String BODY = "# Runs one job and tells in the status file";

  private final List<String> added;
  private final List<String> removed;
  private final boolean inScript;

  private SubmissionDifference(Preview plain, Preview other) {
    List<String> before = options(plain);
    List<String> after = options(other);
    added = without(after, before);
    removed =
        without(before, after).stream()
            .filter(option -> added.stream().noneMatch(each -> key(each).equals(key(option))))
            .toList();
    inScript = !body(plain).equals(body(other));
  }

  /**
   * Compares two submissions, and submits nothing.
   *
   * @param scheduler shows what would be submitted
   * @param plain the job to compare with
   * @param other the job that has something else
   * @return what the other one has
   * @throws org.psij.InvalidJobException if one of them would be refused
   */
  public static SubmissionDifference between(
      ScriptPreview scheduler, JobSpec plain, JobSpec other) {
    return new SubmissionDifference(preview(scheduler, plain), preview(scheduler, other));
  }

  /** The ids of the jobs are no difference. */
  private static Preview preview(ScriptPreview scheduler, JobSpec spec) {
    Job job = new Job(spec);
    Preview preview = scheduler.preview(job);
    return new Preview(
        preview.script().replace(job.getId(), "ID"), preview.submitCommand(), preview.resources());
  }

  /**
   * Lists what only the other one has.
   *
   * @return directives of the script, and options of the submit command, each with its value, such
   *     as {@code --nodes=2} or {@code -l nodes=2}; cannot be modified
   */
  public List<String> getAdded() {
    return added;
  }

  /**
   * Lists what the other one does without.
   *
   * @return directives and options of the plain job for which the other one has no other value;
   *     cannot be modified
   */
  public List<String> getRemoved() {
    return removed;
  }

  /**
   * Tells whether the script does something else, in the part that is the same with all schedulers.
   *
   * @return true if more than directives and options differs
   */
  public boolean isInScript() {
    return inScript;
  }

  /**
   * Puts the difference into words.
   *
   * @param quoting how a directive or an option is written among words
   * @return the words, such as {@code --export=NIL} or {@code no -V} or {@code in the script}; none
   *     if nothing differs
   */
  public List<String> words(UnaryOperator<String> quoting) {
    Stream<String> options =
        Stream.concat(
            added.stream().map(quoting), removed.stream().map(each -> "no " + quoting.apply(each)));
    return Stream.concat(options, inScript ? Stream.of("in the script") : Stream.empty()).toList();
  }

  @Override
  public String toString() {
    return "SubmissionDifference" + words(UnaryOperator.identity());
  }

  /** Directives of the script, and the options of the command with their values. */
  private static List<String> options(Preview preview) {
    List<String> options =
        preview
            .script()
            .lines()
            .filter(line -> DIRECTIVE.matcher(line).find())
            .map(line -> DIRECTIVE.matcher(line).replaceFirst(""))
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> command = preview.submitCommand();
    for (String word : command.subList(1, command.size() - 1)) {
      if (word.startsWith("-") || options.isEmpty()) {
        options.add(word);
      } else {
        int last = options.size() - 1;
        options.set(last, options.get(last) + " " + word);
      }
    }
    return options;
  }

  /**
   * Everything behind what a dialect has written, or all but the directives where there is no
   * dialect.
   */
  private static String body(Preview preview) {
    String script = preview.script();
    int body = script.indexOf(BODY);
    return body >= 0
        ? script.substring(body)
        : script
            .lines()
            .filter(line -> !DIRECTIVE.matcher(line).find())
            .collect(Collectors.joining("\n"));
  }

  private static List<String> without(List<String> options, List<String> others) {
    List<String> left = new ArrayList<>(options);
    others.forEach(left::remove);
    return List.copyOf(left);
  }

  private static String key(String option) {
    return Stream.of(option.indexOf('='), option.indexOf(' '))
        .filter(index -> index >= 0)
        .findFirst()
        .map(end -> option.substring(0, end))
        .orElse(option);
  }
}
