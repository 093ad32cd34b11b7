package org.psij.executors.batch.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of nodes as Slurm writes them: {@code login,n[1-4,7],rack[0-1]node[08-11]}. */
final class NodeNames {
  /** More than the largest cluster has. */
  private static final int MOST = 100_000;

  private static final Pattern PART =
      Pattern.compile("([^,\\[\\]]*)\\[([0-9,-]+)\\]|([^,\\[\\]]+)");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

  private NodeNames() {}

  /**
   * Lists the names.
   *
   * @param text what Slurm writes
   * @return the names; none if the text cannot be read, or means more nodes than there can be
   */
  static List<String> of(String text) {
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int comma = endOfItem(text, 0); start <= text.length(); comma = endOfItem(text, start)) {
      List<String> some = item(text.substring(start, comma));
      if (some.isEmpty() || names.size() + some.size() > MOST) {
        return List.of();
      }
      names.addAll(some);
      start = comma + 1;
    }
    return names;
  }

  /** Finds the next comma that is in no brackets, or the end. */
  private static int endOfItem(String text, int start) {
    boolean inBrackets = false;
    for (int i = start; i < text.length(); i++) {
      char character = text.charAt(i);
      inBrackets = character == '[' || (inBrackets && character != ']');
      if (character == ',' && !inBrackets) {
        return i;
      }
    }
    return text.length();
  }

  private static List<String> item(String item) {
    if (!item.isEmpty() && item.indexOf('[') < 0 && item.indexOf(']') < 0) {
      return List.of(item);
    }
    List<String> names = List.of("");
    Matcher part = PART.matcher(item);
    int end = 0;
    while (end < item.length() && part.find(end) && part.start() == end) {
      String fixed = part.group(3);
      List<String> endings =
          fixed == null ? numbered(part.group(1), part.group(2)) : List.of(fixed);
      if ((long) names.size() * endings.size() > MOST) {
        return List.of();
      }
      names =
          names.stream()
              .flatMap(name -> endings.stream().map(name::concat))
              .collect(Collectors.toList());
      end = part.end();
    }
    return end == item.length() && end > 0 ? names : List.of();
  }

  private static List<String> numbered(String prefix, String ranges) {
    List<String> names = new ArrayList<>();
    for (String part : ranges.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        return List.of();
      }
      String first = range.group(1);
      int last = Integer.parseInt(range.group(2) == null ? first : range.group(2));
      int number = Integer.parseInt(first);
      if (last < number || names.size() + last - number >= MOST) {
        return List.of();
      }
      for (; number <= last; number++) {
        names.add(prefix + padded(number, first.length()));
      }
    }
    return names;
  }

  private static String padded(int number, int width) {
    String digits = String.valueOf(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
