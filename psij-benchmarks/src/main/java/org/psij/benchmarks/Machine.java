package org.psij.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** The machine that measures. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static String describe() throws IOException {
    return "%s, %s; %d cores (%s), Linux %s, JDK %s (%s)"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.version"),
            Runtime.version(),
            System.getProperty("java.vm.vendor"));
  }

  private static String processor() throws IOException {
    return Files.readAllLines(PROCESSORS).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown model");
  }

  /** How many processes have run or waited for a core in the last minute, on average. */
  static String load() {
    return String.format(
        Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
