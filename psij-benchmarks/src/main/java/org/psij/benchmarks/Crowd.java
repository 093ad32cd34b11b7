package org.psij.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * Many processes that run at once.
 *
 * @param threads the most threads that the JVM had from before their start until after their end
 * @param heapPerJob bytes in use for each while they run
 */
record Crowd(int threads, double heapPerJob) {
  static final List<String> SLEEP = List.of("/bin/sleep", "10000");

  /** In a JVM of its own: the threads of the JDK stay for a minute after their processes. */
  static Crowd inFreshJvm(String way, int jobs) throws Exception {
    String[] words = FreshJvm.run(Crowd.class, way, String.valueOf(jobs)).strip().split(" ", -1);
    return new Crowd(Integer.parseInt(words[0]), Double.parseDouble(words[1]));
  }

  /** Prints threads and bytes. */
  public static void main(String... arguments) throws Exception {
    try (Way way = Way.named(arguments[0])) {
      Crowd crowd = gather(way, Integer.parseInt(arguments[1]));
      System.out.println(crowd.threads + " " + crowd.heapPerJob);
    }
    System.exit(0);
  }

  private static Crowd gather(Way way, int jobs) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    threads.resetPeakThreadCount();
    CountDownLatch ended = new CountDownLatch(jobs);
    long before = Heap.live();
    way.startAll(SLEEP, jobs, exitCode -> ended.countDown());
    double heapPerJob = (double) (Heap.live() - before) / jobs;
    kill();
    Latch.await(ended);
    return new Crowd(threads.getPeakThreadCount(), heapPerJob);
  }

  /** Ends whatever sleeps among the processes that this JVM and its helpers have started. */
  static void kill() {
    Predicate<ProcessHandle> sleeps =
        process -> process.info().command().orElse("").endsWith("/sleep");
    ProcessHandle.current().descendants().filter(sleeps).forEach(ProcessHandle::destroyForcibly);
  }
}
