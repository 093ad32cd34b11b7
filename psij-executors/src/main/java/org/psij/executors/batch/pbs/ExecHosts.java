package org.psij.executors.batch.pbs;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a job, by its attribute {@code exec_host}: {@code a/0*4+b/1*4} of OpenPBS, four CPUs
 * on each; {@code a/0-3+b/0} of Torque, the numbers of its CPUs; {@code a/4+b/4} of Slurm's qstat,
 * how many they are. Immutable.
 */
final class ExecHosts {
  private static final Pattern PLACE = Pattern.compile("([^/+]+)(?:/([^*]*)(?:\\*(\\d{1,9}))?)?");
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  /** The CPUs of each host, 0 or less if they cannot be counted. */
  private final Map<String, Long> cpus = new LinkedHashMap<>();

  private ExecHosts() {}

  /**
   * Reads the hosts of a job.
   *
   * @param job its attributes
   * @return the hosts, none if the job has none
   */
  static ExecHosts of(QstatJob job) {
    ExecHosts hosts = new ExecHosts();
    String text = job.get("exec_host");
    if (text != null && !text.isBlank()) {
      for (String place : text.strip().split("\\+", -1)) {
        hosts.add(place.strip(), job.isOfSlurm());
      }
    }
    return hosts;
  }

  private void add(String text, boolean counted) {
    Matcher place = PLACE.matcher(text);
    if (place.matches()) {
      String slots = place.group(2);
      String number = counted ? slots : place.group(3);
      long count = number == null ? slots(slots) : number(number);
      cpus.merge(place.group(1), count, ExecHosts::sum);
    }
  }

  private static long slots(@Nullable String text) {
    long count = 0;
    for (String part : text == null ? new String[0] : text.split(",", -1)) {
      Matcher numbers = NUMBERS.matcher(part);
      if (!numbers.matches()) {
        return 0;
      }
      String last = numbers.group(2);
      count += last == null ? 1 : Math.max(0, number(last) - number(numbers.group(1)) + 1);
    }
    return count;
  }

  private static long number(String digits) {
    return digits.matches("\\d{1,9}") ? Long.parseLong(digits) : 0;
  }

  private static long sum(long first, long second) {
    return first <= 0 || second <= 0 ? 0 : first + second;
  }

  /**
   * Names the hosts.
   *
   * @return their names in the order of the scheduler
   */
  Set<String> names() {
    return Collections.unmodifiableSet(cpus.keySet());
  }

  /**
   * Counts CPUs.
   *
   * @return how many the job has on the host where it has most, or null if they cannot be counted
   */
  @Nullable Integer mostCpus() {
    Collection<Long> counts = cpus.values();
    if (counts.isEmpty() || Collections.min(counts) <= 0) {
      return null;
    }
    long most = Collections.max(counts);
    return most <= Integer.MAX_VALUE ? (int) most : null;
  }
}
