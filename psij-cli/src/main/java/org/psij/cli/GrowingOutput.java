package org.psij.cli;

import java.io.PrintStream;
import org.psij.Job;
import org.psij.JobFiles;
import org.psij.OutputFile;

/** A file of a job that is passed on while it grows. */
final class GrowingOutput {
  private static final int PIECE = 64 * 1024;

  private final JobFiles files;
  private final Job job;
  private final OutputFile file;
  private final PrintStream target;
  private long position;

  GrowingOutput(JobFiles files, Job job, OutputFile file, PrintStream target) {
    this.files = files;
    this.job = job;
    this.file = file;
    this.target = target;
  }

  /**
   * Passes on what has come since the last call; all of it, if the job began anew.
   *
   * @return false if nobody takes it any more
   */
  boolean passOn() {
    if (files.size(job, file) < position) {
      position = 0;
    }
    byte[] piece = files.peek(job, file, position, PIECE);
    while (piece.length > 0 && !target.checkError()) {
      target.write(piece, 0, piece.length);
      position += piece.length;
      piece = files.peek(job, file, position, PIECE);
    }
    return !target.checkError();
  }
}
