package org.psij.executors.batch.gridengine;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psij.InvalidJobException;

/**
 * A parallel environment and how many slots are wanted in it, see {@code -pe} in qsub(1). Which
 * hosts the slots are on is decided by its allocation rule, see sge_pe(5).
 *
 * @param name the name, or a pattern of names
 * @param slots a number, or a range
 */
record ParallelEnvironment(String name, String slots) {
  static final String FIELD = "attributes.custom_attributes.gridengine.pe";

  private static final Pattern FORM =
      Pattern.compile("([!-~]+)(?: +((?:([0-9]{1,9})(?:-[0-9]{0,9})?|-[0-9]{1,9})))?");

  /** Reads {@code NAME} or {@code NAME SLOTS}; refuses what may not hold the processes. */
  static ParallelEnvironment parse(String text, int needed) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidJobException(
          FIELD,
          "must be the name of a parallel environment, and optionally a number or range of slots,"
              + " was '"
              + text
              + "'");
    }
    String slots = matcher.group(2);
    if (slots == null) {
      return new ParallelEnvironment(matcher.group(1), Integer.toString(needed));
    }
    int least = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
    if (least < needed) {
      throw new InvalidJobException(
          FIELD, "'" + text + "' may grant " + least + " slots, and the job needs " + needed);
    }
    return new ParallelEnvironment(matcher.group(1), slots);
  }

  List<String> options() {
    return List.of("-pe", name, slots);
  }
}
