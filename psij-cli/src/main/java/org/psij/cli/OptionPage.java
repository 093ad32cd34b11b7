package org.psij.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.ScriptPreview;

/** Explains one option, and what each scheduler makes of it. */
final class OptionPage {
  private static final String INDENT = "    ";

  private final JobOption option;
  private final @Nullable OptionExample example;
  private final Map<String, OptionEffect> effects = new LinkedHashMap<>();

  OptionPage(JobOption option, Map<String, ScriptPreview> schedulers) {
    this.option = option;
    OptionExample found = OptionExample.of(option);
    if (found != null) {
      schedulers.forEach((name, preview) -> effects.put(name, OptionEffect.of(found, preview)));
    }
    example = found;
  }

  Map<String, @Nullable Object> fields() {
    Map<String, Object> schedulers = new LinkedHashMap<>();
    effects.forEach((name, effect) -> schedulers.put(name, effect.fields()));
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("names", option.names());
    fields.put("label", option.label());
    fields.put("type", option.type());
    fields.put("unit", option.unit());
    fields.put("repeatable", option.isRepeatable());
    fields.put("meaning", option.meaning());
    fields.put("example", example == null ? null : example.arguments());
    fields.put("schedulers", schedulers);
    return fields;
  }

  /** Prints lines of this width; a directive is never broken. */
  void print(PrintWriter out, int width) {
    String label = option.label();
    out.println(String.join(", ", option.names()) + (label == null ? "" : " " + label));
    lines(List.of(option.meaning().split(" ")), width - INDENT.length())
        .forEach(line -> out.println(INDENT + line));
    Map<String, List<String>> rows = rows();
    int column = 2 + rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    rows.forEach(
        (head, words) -> {
          String first = head;
          for (String line : lines(words, width - INDENT.length() - column)) {
            out.println(INDENT + String.format("%-" + column + "s", first) + line);
            first = "";
          }
        });
  }

  /** What stands in each line: pieces between which it may be broken. */
  private Map<String, List<String>> rows() {
    String unit = option.unit();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put("type", List.of(option.type() + (unit == null ? "" : " (" + unit + ")")));
    if (example != null) {
      rows.put("example", example.arguments());
    }
    Set<List<String>> different =
        effects.values().stream().map(OptionEffect::words).collect(Collectors.toSet());
    if (effects.size() > 1 && different.size() == 1) {
      rows.put("all", different.iterator().next());
    } else {
      effects.forEach((name, effect) -> rows.put(name, effect.words()));
    }
    return rows;
  }

  private static List<String> lines(List<String> words, int width) {
    List<String> lines = new ArrayList<>(List.of(words.get(0)));
    for (String word : words.subList(1, words.size())) {
      int last = lines.size() - 1;
      String longer = lines.get(last) + " " + word;
      if (longer.length() <= width) {
        lines.set(last, longer);
      } else {
        lines.add(word);
      }
    }
    return lines;
  }
}
