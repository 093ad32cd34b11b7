package org.psij.benchmarks;

import java.util.concurrent.CountDownLatch;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** Status events on their way from an executor to callbacks. */
final class StatesBenchmark implements Benchmark {
  private static final String LIBRARY = "library";
  private static final double MEGABYTE = 1 << 20;

  /**
   * What many events cost.
   *
   * @param perSecond events in a second of CPU time
   * @param perWallSecond events in a second by the clock
   * @param heapLeft megabytes of heap that are in use afterwards, and were not before
   */
  private record Cost(double perSecond, double perWallSecond, double heapLeft) {}

  @Override
  public String run(Effort effort) throws Exception {
    int jobs = effort.jobs(1_000_000 / ToldExecutor.STATES.size() + 1);
    Rounds<Cost> rounds =
        new Rounds<Cost>().with(LIBRARY, () -> cost(jobs)).warmUp().run(effort.rounds());
    String events = "%,d status events".formatted(jobs * ToldExecutor.STATES.size());
    return new Table()
            .figure(
                events + " through callbacks, in a second of CPU",
                "events",
                rounds.of(LIBRARY, Cost::perSecond),
                Target.over(500_000, "events"))
            .figure(
                "the same, in a second by the clock",
                "events",
                rounds.of(LIBRARY, Cost::perWallSecond),
                Target.NONE)
            .figure(
                "the same, heap in use afterwards that was not before",
                "MB",
                rounds.of(LIBRARY, Cost::heapLeft),
                Target.under(1, "MB"))
        + "\nThe JVM had at most %.0f MB of heap.\n"
            .formatted(Runtime.getRuntime().maxMemory() / MEGABYTE);
  }

  private static Cost cost(int jobs) {
    JobSpec spec = JobSpec.builder("/bin/true").build();
    CountDownLatch events = new CountDownLatch(jobs * ToldExecutor.STATES.size());
    try (JobExecutor opened = JobExecutor.getInstance("told")) {
      ToldExecutor executor = (ToldExecutor) opened;
      executor.setJobStatusCallback((job, status) -> events.countDown());
      long heap = Heap.live();
      long clock = System.nanoTime();
      double cpu = CpuTime.now();
      for (int i = 0; i < jobs; i++) {
        Job job = new Job(spec);
        executor.submit(job);
        executor.tell(job);
      }
      long all = (long) jobs * ToldExecutor.STATES.size();
      Latch.await(events);
      cpu = CpuTime.now() - cpu;
      clock = System.nanoTime() - clock;
      return new Cost(all / cpu, all / (clock / 1e9), (Heap.live() - heap) / MEGABYTE);
    }
  }
}
