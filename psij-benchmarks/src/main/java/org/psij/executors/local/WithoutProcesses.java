package org.psij.executors.local;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.psij.JobExecutor;

/**
 * The local executor with a starter that starts nothing: each job ends at once, well, and is told
 * by another thread, as the spawn helper's ends are. All else is the library's own: checks,
 * preparation, journal, states and callbacks. It is in this package because starters are nobody
 * else's concern; the executor chooses its own, so that it is put in by reflection.
 */
public final class WithoutProcesses {
  private WithoutProcesses() {}

  /**
   * Opens such an executor.
   *
   * @param workDirectory where it keeps its journal
   * @return the executor
   */
  public static JobExecutor open(Path workDirectory) {
    JobExecutor executor =
        JobExecutor.getInstance(
            "local",
            null,
            null,
            LocalExecutorConfig.builder().workDirectory(workDirectory).build());
    ProcessStarter starter = new IdleStarter();
    try {
      put(executor, "starter", starter);
      Object submission = get(executor, "submission");
      put(submission, "starter", starter);
      put(get(submission, "preparation"), "starter", starter);
    } catch (ReflectiveOperationException e) {
      executor.close();
      throw new IllegalStateException("The local executor has another form", e);
    }
    return executor;
  }

  private static void put(Object owner, String field, Object value)
      throws ReflectiveOperationException {
    accessible(owner, field).set(owner, value);
  }

  private static Object get(Object owner, String field) throws ReflectiveOperationException {
    return accessible(owner, field).get(owner);
  }

  private static Field accessible(Object owner, String name) throws NoSuchFieldException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static final class IdleStarter implements ProcessStarter {
    /** No process has such a number. */
    private static final AtomicLong LAST_PID = new AtomicLong(1L << 40);

    private final ExecutorService ends =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "idle-starter");
              thread.setDaemon(true);
              return thread;
            });

    @Override
    public List<Start> start(Map<String, ProcessRequest> requests) {
      return requests.keySet().stream().map(jobId -> start()).toList();
    }

    private Start start() {
      StartedProcess process =
          new StartedProcess(
              new ProcessId(LAST_PID.incrementAndGet(), ProcessId.UNKNOWN_BIRTH, Instant.now()));
      ends.execute(() -> process.ended(new ProcessEnd(0, 0, Instant.now())));
      return () -> process;
    }

    @Override
    public boolean tellsRefusals() {
      return true;
    }

    @Override
    public boolean carriesAnyText() {
      return true;
    }

    @Override
    public String describe() {
      return "nothing";
    }

    @Override
    public void close() {
      ends.shutdown();
    }
  }
}
