package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.IntFunction;
import org.psij.QueuedJob;

/** A listing of many jobs that is made while it is read. */
public final class ManyJobs extends InputStream {
  private static final int MOST_AHEAD = 500;

  private final int count;
  private final IntFunction<String> job;
  private final byte[] foot;
  private byte[] part;
  private int at;
  private int made;
  private boolean ended;

  /** Makes a listing of a head, so many jobs, and a foot. */
  public ManyJobs(String head, int count, IntFunction<String> job, String foot) {
    this.count = count;
    this.job = job;
    this.part = head.getBytes(StandardCharsets.UTF_8);
    this.foot = foot.getBytes(StandardCharsets.UTF_8);
  }

  /** Takes all jobs, of which none may be made long before it is taken. */
  public void assertTaken(Iterator<QueuedJob> jobs, IntFunction<String> id) {
    int taken = 0;
    int ahead = 0;
    for (; jobs.hasNext() && jobs.next().getNativeId().equals(id.apply(taken)); taken++) {
      ahead = Math.max(ahead, made - taken);
    }
    assertThat(taken).isEqualTo(count);
    assertThat(ahead).isLessThan(MOST_AHEAD);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    while (at == part.length) {
      if (!more()) {
        return -1;
      }
    }
    int taken = Math.min(length, part.length - at);
    System.arraycopy(part, at, bytes, offset, taken);
    at += taken;
    return taken;
  }

  private boolean more() {
    at = 0;
    if (made < count) {
      part = job.apply(made++).getBytes(StandardCharsets.UTF_8);
      return true;
    }
    boolean first = !ended;
    ended = true;
    part = first ? foot : new byte[0];
    return first;
  }
}
