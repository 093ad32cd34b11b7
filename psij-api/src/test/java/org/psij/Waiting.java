package org.psij;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Something that waits on a thread of its own. */
final class Waiting {
  private Waiting() {}

  /** Begins to wait; the thread is waiting when this returns. */
  static <T> FutureTask<T> begin(Callable<T> wait) {
    FutureTask<T> task = new FutureTask<>(wait);
    Thread thread = new Thread(task, "waits");
    thread.setDaemon(true);
    thread.start();
    await()
        .until(
            () ->
                thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TIMED_WAITING);
    return task;
  }
}
