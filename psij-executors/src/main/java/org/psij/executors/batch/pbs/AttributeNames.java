package org.psij.executors.batch.pbs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a job that are worth to be kept, in lower case: names count without regard to
 * case. Immutable.
 */
final class AttributeNames {
  private static final List<String> STATE_AND_END =
      List.of(
          "job_state",
          "substate",
          "comment",
          "exit_status",
          "hold_types",
          "run_count",
          "job_owner",
          "array_id",
          "job_array_id",
          "submit_arguments",
          "submit_args",
          "obittime",
          "comp_time",
          "history_timestamp");

  private static final List<String> NODES_AND_TIMES =
      List.of(
          "job_name",
          "queue",
          "ctime",
          "qtime",
          "mtime",
          "stime",
          "start_time",
          "exec_host",
          "resource_list.select",
          "resource_list.place",
          "resource_list.nodes",
          "resource_list.nodect",
          "resource_list.ncpus");

  /** What tells the status of a job. */
  static final AttributeNames STATUS = new AttributeNames(STATE_AND_END);

  /** What is shown of a job besides. */
  static final AttributeNames QUEUE =
      new AttributeNames(Stream.concat(STATE_AND_END.stream(), NODES_AND_TIMES.stream()).toList());

  /** The names of each length. */
  private final List<List<String>> byLength = new ArrayList<>();

  private AttributeNames(List<String> names) {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      byLength.add(names.stream().filter(name -> name.length() == wanted).toList());
    }
  }

  /**
   * Finds a name.
   *
   * @param prefix what it begins with, or nothing
   * @param text what the rest of it is a part of
   * @param start where that begins
   * @param end where it ends
   * @return the name, or null if nobody will ask for it
   */
  @Nullable String find(String prefix, String text, int start, int end) {
    int before = prefix.length();
    int length = before + end - start;
    for (String name : length < byLength.size() ? byLength.get(length) : List.<String>of()) {
      boolean likely = name.charAt(length - 1) == Character.toLowerCase(text.charAt(end - 1));
      if (likely
          && name.regionMatches(true, 0, prefix, 0, before)
          && text.regionMatches(true, start, name, before, end - start)) {
        return name;
      }
    }
    return null;
  }
}
