package org.psij.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The CPU time of all threads of this JVM, collectors and compilers included. */
final class CpuTime {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuTime() {}

  /** Seconds. */
  static double now() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }
}
