package org.psij.executors.batch.pbs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code qstat -f} prints in its plain form (Torque, and the qstat of Slurm). A job of
 * Torque is {@code Job Id: 7.server}, then {@code name = value} lines that begin with blanks, long
 * values going on in lines that begin with a tab, then an empty line. Slurm's has a tab behind
 * {@code Job Id:} and before each attribute, and does not tell how a job ended.
 */
final class QstatText {
  private static final Pattern HEADER = Pattern.compile("Job Id:([ \\t])\\s*(\\S+)\\s*");
  private static final Pattern TORQUE_ATTRIBUTE = Pattern.compile(" +(\\S+) = (.*)");
  private static final Pattern SLURM_ATTRIBUTE = Pattern.compile("\\t(\\S+) = (.*)");

  /** The attribute by which a job of Slurm's qstat is known. */
  static final String SLURM = "psij.slurm";

  private final Qstat qstat = new Qstat();
  private @Nullable QstatJob job;
  private boolean slurm;
  private @Nullable String name;
  private StringBuilder value = new StringBuilder();

  private QstatText() {}

  /**
   * Reads a listing.
   *
   * @param output what qstat printed
   * @return what is in it
   */
  static Qstat read(String output) {
    QstatText reader = new QstatText();
    int end = output.lastIndexOf('\n') + 1;
    output.substring(0, end).lines().forEach(reader::line);
    reader.stopInTheMiddle(end < output.length());
    return reader.qstat;
  }

  private void line(String line) {
    Matcher header = HEADER.matcher(line);
    if (header.matches()) {
      endJob();
      job = new QstatJob(header.group(2));
      slurm = header.group(1).equals("\t");
    } else if (line.startsWith("Job Id:")) {
      endJob();
      qstat.setIncomplete();
    } else if (line.isBlank()) {
      endJob();
    } else if (job != null) {
      attribute(line);
    }
  }

  private void attribute(String line) {
    Matcher attribute = (slurm ? SLURM_ATTRIBUTE : TORQUE_ATTRIBUTE).matcher(line);
    if (attribute.matches()) {
      endAttribute();
      name = attribute.group(1);
      value = new StringBuilder(attribute.group(2));
    } else if (line.startsWith("\t")) {
      value.append(line, 1, line.length());
    }
  }

  private void endAttribute() {
    if (job != null && name != null) {
      job.put(name, value.toString());
    }
    name = null;
  }

  private void endJob() {
    endAttribute();
    if (job != null) {
      if (slurm) {
        job.put(SLURM, "yes");
      }
      qstat.add(job);
    }
    job = null;
  }

  /** A job without an empty line behind it may lack its end, and others may be missing. */
  private void stopInTheMiddle(boolean halfLine) {
    if (job != null) {
      qstat.addUnreadable(job.id());
    }
    if (job != null || halfLine) {
      qstat.setIncomplete();
    }
  }
}
