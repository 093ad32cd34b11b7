package org.psij.executors.batch.pbs;

import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.NodeSums;

/** The vnodes of one host, see pbs_node_attributes(7B). Not safe for use by several threads. */
final class PbsHost {
  /** States of a vnode that can take jobs, or has as many as it can. */
  private static final Set<String> USABLE = Set.of("free", "job-busy", "job-sharing");

  private @Nullable String queue;
  private @Nullable Long cores;
  private long freeCores;
  private @Nullable Long memory;
  private @Nullable Long gpus;

  void add(AttributeBlocks.Block vnode) {
    queue = vnode.text("queue") == null ? queue : vnode.text("queue");
    Integer vnodeCores = vnode.number("resources_available.ncpus");
    cores = sum(cores, vnodeCores);
    freeCores += vnodeCores == null ? 0 : free(vnode, vnodeCores);
    memory = sum(memory, PbsValue.size(vnode.text("resources_available.mem")));
    gpus = sum(gpus, vnode.number("resources_available.ngpus"));
  }

  private static @Nullable Long sum(@Nullable Long amount, @Nullable Number more) {
    return more == null ? amount : Long.valueOf(more.longValue() + (amount == null ? 0 : amount));
  }

  private static int free(AttributeBlocks.Block vnode, int cores) {
    boolean usable =
        Stream.of(vnode.text("state", "").split("[, ]+", -1)).allMatch(USABLE::contains);
    Integer assigned = vnode.number("resources_assigned.ncpus");
    return usable ? Math.max(0, cores - (assigned == null ? 0 : assigned)) : 0;
  }

  /** Tells which queue has this host for itself, or null if any may use it. */
  @Nullable String queue() {
    return queue;
  }

  boolean hasGpus() {
    return gpus != null;
  }

  /**
   * Adds what the host has.
   *
   * @param sums takes it
   * @param countsGpus whether the administrator has said of any host that it has GPUs
   */
  void addTo(NodeSums sums, boolean countsGpus) {
    int knownGpus = gpus == null ? 0 : gpus.intValue();
    sums.add(
        cores == null ? null : Integer.valueOf(cores.intValue()),
        (int) freeCores,
        memory,
        countsGpus ? Integer.valueOf(knownGpus) : null);
  }
}
