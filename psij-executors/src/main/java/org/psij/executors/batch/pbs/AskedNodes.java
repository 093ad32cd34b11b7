package org.psij.executors.batch.pbs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a job asks for: {@code -l select=2:ncpus=4+1:ncpus=8} of OpenPBS, {@code -l
 * nodes=2:ppn=4+a:ppn=8} of Torque, or else the totals {@code nodect} and {@code ncpus}. Each chunk
 * of a selection counts as a node, as in the column {@code NDS} of qstat, but those that are packed
 * are one. Immutable.
 */
final class AskedNodes {
  private static final Pattern CPUS = Pattern.compile("(?:ncpus|ppn)=(\\d{1,9})");
  private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

  private final long nodes;
  private final long cpus;

  private AskedNodes(long nodes, long cpus) {
    this.nodes = nodes;
    this.cpus = cpus;
  }

  /**
   * Reads what a job asks for.
   *
   * @param job its attributes
   * @return the nodes
   */
  static AskedNodes of(QstatJob job) {
    String select = job.get("Resource_List.select");
    String chunks = select == null ? job.get("Resource_List.nodes") : select;
    if (chunks == null || job.isOfSlurm()) {
      return ofTotals(job.number("Resource_List.nodect"), job.number("Resource_List.ncpus"));
    }
    String place = job.get("Resource_List.place");
    return ofChunks(chunks, place != null && place.startsWith("pack"));
  }

  private static AskedNodes ofTotals(@Nullable Integer nodes, @Nullable Integer cpus) {
    int known = nodes == null ? 0 : nodes;
    int all = cpus == null ? 0 : cpus;
    boolean even = known > 0 && all % known == 0;
    return new AskedNodes(known, even ? all / known : 0);
  }

  private static AskedNodes ofChunks(String text, boolean packed) {
    long nodes = 0;
    long most = 0;
    long all = 0;
    for (String chunk : text.strip().split("\\+", -1)) {
      String first = chunk.split(":", 2)[0];
      long count = COUNT.matcher(first).matches() ? Long.parseLong(first) : 1;
      Matcher cpus = CPUS.matcher(chunk);
      long each = cpus.find() ? Long.parseLong(cpus.group(1)) : 1;
      nodes += count;
      most = Math.max(most, each);
      all += count * each;
    }
    return packed ? new AskedNodes(1, all) : new AskedNodes(nodes, most);
  }

  /**
   * Counts nodes.
   *
   * @return how many the job asks for, or null if that is not told
   */
  @Nullable Integer nodes() {
    return positive(nodes);
  }

  /**
   * Counts CPUs.
   *
   * @return how many the job asks for on the node where it needs most, or null if that is not told
   */
  @Nullable Integer mostCpus() {
    return positive(cpus);
  }

  private static @Nullable Integer positive(long number) {
    return number > 0 && number <= Integer.MAX_VALUE ? (int) number : null;
  }
}
