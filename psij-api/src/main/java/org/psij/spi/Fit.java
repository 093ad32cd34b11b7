package org.psij.spi;

/** How well an executor fits a machine, best first. */
public enum Fit {
  /** This process runs in an allocation of the executor's scheduler, which answers. */
  ALLOCATION,

  /** The scheduler answers. */
  ANSWERS,

  /** The scheduler answers by commands that stand in for its own, which another executor knows. */
  COMPATIBLE,

  /** The scheduler's commands are here and know of a cluster, but it does not answer now. */
  SILENT,

  /** The executor needs no scheduler, and works on any machine. */
  FALLBACK,

  /** The executor does not work here, for a reason that is worth telling. */
  NONE
}
