package org.psij.executors.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls back when something is written in a job directory. Only a matter of speed: whoever cannot
 * be watched is read when its process has ended. One thread for all jobs, which is started with the
 * first of them.
 */
final class StatusWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWatch.class);

  private final Map<WatchKey, Runnable> readers = new ConcurrentHashMap<>();
  private @Nullable WatchService service;
  private @Nullable Thread thread;
  private boolean closed;

  /**
   * Watches a directory.
   *
   * @return the key to give to {@link #forget}, or null if it cannot be watched
   */
  @Nullable WatchKey watch(Path directory, Runnable reader) {
    try {
      WatchService watching = service();
      if (watching == null) {
        return null;
      }
      WatchKey key =
          directory.register(
              watching, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      readers.put(key, reader);
      return key;
    } catch (IOException | ClosedWatchServiceException e) {
      LOG.debug("{} cannot be watched", directory, e);
      return null;
    }
  }

  void forget(@Nullable WatchKey key) {
    if (key != null) {
      readers.remove(key);
      key.cancel();
    }
  }

  private synchronized @Nullable WatchService service() throws IOException {
    if (service == null && !closed) {
      WatchService started = FileSystems.getDefault().newWatchService();
      service = started;
      Thread starting = new Thread(() -> run(started), "psij-local-status");
      starting.setDaemon(true);
      starting.start();
      thread = starting;
    }
    return service;
  }

  private void run(WatchService watching) {
    try {
      while (true) {
        WatchKey key = watching.take();
        key.pollEvents();
        Runnable reader = readers.get(key);
        if (reader != null) {
          runSafely(reader);
        }
        key.reset();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      readers.clear(); // closed
    }
  }

  private static void runSafely(Runnable reader) {
    try {
      reader.run();
    } catch (RuntimeException e) {
      LOG.error("What was written in a job directory was not dealt with", e);
    }
  }

  @Override
  public void close() {
    try {
      Thread running = closeService();
      if (running != null && running != Thread.currentThread()) {
        running.join(TimeUnit.SECONDS.toMillis(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Thread closeService() throws IOException {
    closed = true;
    if (service != null) {
      service.close();
    }
    return thread;
  }
}
