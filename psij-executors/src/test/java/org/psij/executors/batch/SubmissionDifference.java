package org.psij.executors.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.psij.executors.batch.ScriptPreview.Preview;

/** What one submission has that another has not, in words for the documentation. */
final class SubmissionDifference {
  private static final Pattern DIRECTIVE = Pattern.compile("^#(SBATCH|PBS) ");

  private final List<String> added;
  private final List<String> removed;
  private final boolean inTheScript;

  SubmissionDifference(Preview plain, Preview other) {
    List<String> before = options(plain);
    List<String> after = options(other);
    added = without(after, before);
    removed =
        without(before, after).stream()
            .filter(option -> added.stream().noneMatch(each -> key(each).equals(key(option))))
            .toList();
    inTheScript = !body(plain).equals(body(other));
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    added.forEach(option -> words.add("`" + option + "`"));
    removed.forEach(option -> words.add("no `" + option + "`"));
    if (inTheScript) {
      words.add("in the script");
    }
    return words.isEmpty() ? "–" : String.join(", ", words);
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
      if (word.startsWith("-")) {
        options.add(word);
      } else {
        int last = options.size() - 1;
        options.set(last, options.get(last) + " " + word);
      }
    }
    return options;
  }

  /** Everything behind what the dialect has written. */
  private static String body(Preview preview) {
    String script = preview.script();
    return script.substring(script.indexOf("# Runs one job and tells in the status file"));
  }

  private static List<String> without(List<String> options, List<String> others) {
    List<String> left = new ArrayList<>(options);
    others.forEach(left::remove);
    return left;
  }

  private static String key(String option) {
    return Stream.of(option.indexOf('='), option.indexOf(' '))
        .filter(index -> index >= 0)
        .findFirst()
        .map(end -> option.substring(0, end))
        .orElse(option);
  }
}
