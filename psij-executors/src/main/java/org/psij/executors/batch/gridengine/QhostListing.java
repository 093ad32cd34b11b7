package org.psij.executors.batch.gridengine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;

/**
 * The document of {@code qhost -q -F … -xml}, see qhost(1), read element by element: nothing is
 * expanded and nothing is opened.
 */
final class QhostListing {
  private static final Pattern ELEMENT =
      Pattern.compile(
          "<host name='([^'<>&]*)'>"
              + "|<(?:hostvalue|resourcevalue) name='(\\w+)'[^<>]*>([^<>&]*)<"
              + "|<queuevalue qname='([^'<>&]*)' name='(\\w+)'>([^<>&]*)<");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)([KMGT]?)");
  private static final String UNITS = "KMGT";

  /** The queues on a host, and what it is. Not safe for use by several threads. */
  static final class Host {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> queues = new LinkedHashMap<>();

    private Host() {}

    @Nullable String architecture() {
      String text = values.getOrDefault("arch_string", "-");
      return text.equals("-") ? null : text;
    }

    @Nullable Integer processors() {
      return number(values, "num_proc");
    }

    @Nullable Long memory() {
      Matcher size = SIZE.matcher(values.getOrDefault("mem_total", "-"));
      if (!size.matches()) {
        return null;
      }
      int shift = 10 * (UNITS.indexOf(size.group(2)) + 1);
      return (long)
          (Double.parseDouble(size.group(1)) * (1L << (size.group(2).isEmpty() ? 0 : shift)));
    }

    Iterable<String> queues() {
      return queues.keySet();
    }

    @Nullable Integer slots(String queue) {
      return number(queueValues(queue), "slots");
    }

    /** Counts the slots that jobs have. */
    int used(String queue) {
      Integer used = number(queueValues(queue), "slots_used");
      return used == null ? 0 : used;
    }

    /** Tells whether the queue takes jobs on this host: any state is a reason why not. */
    boolean isUsable(String queue) {
      return queueValues(queue).getOrDefault("state_string", "").isEmpty();
    }

    private Map<String, String> queueValues(String queue) {
      return queues.getOrDefault(queue, Map.of());
    }

    private static @Nullable Integer number(Map<String, String> values, String name) {
      String text = values.getOrDefault(name, "-");
      return NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
    }
  }

  private QhostListing() {}

  /** Reads the hosts on which jobs may run. */
  static List<Host> parse(CommandResult result) {
    if (result.exitCode() != 0 || !result.stdout().contains("<qhost")) {
      throw new CommandException("Grid Engine did not list its hosts", result);
    }
    List<Host> hosts = new ArrayList<>();
    Host host = new Host();
    Matcher element = ELEMENT.matcher(result.stdout());
    while (element.find()) {
      if (element.group(1) != null) {
        host = new Host();
        if (!element.group(1).equals("global")) {
          hosts.add(host);
        }
      } else if (element.group(2) != null) {
        host.values.put(element.group(2), element.group(3).strip());
      } else {
        host.queues
            .computeIfAbsent(element.group(4), added -> new LinkedHashMap<>())
            .put(element.group(5), element.group(6).strip());
      }
    }
    return hosts;
  }
}
