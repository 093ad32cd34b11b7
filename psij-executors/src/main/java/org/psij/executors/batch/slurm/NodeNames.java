package org.psij.executors.batch.slurm;

import java.util.ArrayList;
import java.util.List;

/** Names of nodes as Slurm writes them: {@code login,n[1-4,7],rack[0-1]node[08-11]}. */
final class NodeNames {
  /** More than the largest cluster has. */
  private static final int MOST = 100_000;

  private static final int MOST_DIGITS = 9;
  private static final List<String> ALONE = List.of("");

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
    int open = item.indexOf('[');
    int close = item.indexOf(']');
    if (open < 0) {
      return item.isEmpty() || close >= 0 ? List.of() : List.of(item);
    }
    if (close < open) {
      return List.of();
    }
    List<String> numbers = numbers(item.substring(open + 1, close));
    List<String> rests = close + 1 == item.length() ? ALONE : item(item.substring(close + 1));
    if ((long) numbers.size() * rests.size() > MOST) {
      return List.of();
    }
    List<String> names = new ArrayList<>(numbers.size() * rests.size());
    for (String number : numbers) {
      String beginning = item.substring(0, open) + number;
      rests.forEach(rest -> names.add(beginning + rest));
    }
    return names;
  }

  private static List<String> numbers(String ranges) {
    List<String> numbers = new ArrayList<>();
    for (String range : ranges.split(",", -1)) {
      int dash = range.indexOf('-');
      String first = dash < 0 ? range : range.substring(0, dash);
      int from = number(first);
      int to = number(range.substring(dash + 1));
      if (from < 0 || to < from || numbers.size() + to - from >= MOST) {
        return List.of();
      }
      for (int number = from; number <= to; number++) {
        numbers.add(padded(number, first.length()));
      }
    }
    return numbers;
  }

  /** Reads up to nine digits; -1 if there is anything else. */
  private static int number(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber ? Integer.parseInt(text) : -1;
  }

  private static String padded(int number, int width) {
    String digits = String.valueOf(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
