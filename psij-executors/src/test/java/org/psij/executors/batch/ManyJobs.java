package org.psij.executors.batch;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** A listing of many jobs that is made while it is read, and counts what has been read of it. */
public final class ManyJobs extends InputStream {
  private final int count;
  private final IntFunction<String> job;
  private byte[] part;
  private int at;
  private int made;
  private boolean ended;
  private final byte[] foot;

  /** Makes a listing of a head, so many jobs, and a foot. */
  public ManyJobs(String head, int count, IntFunction<String> job, String foot) {
    this.count = count;
    this.job = job;
    this.part = head.getBytes(StandardCharsets.UTF_8);
    this.foot = foot.getBytes(StandardCharsets.UTF_8);
  }

  /** Tells how many jobs have been made. */
  public int made() {
    return made;
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
