package org.psij.executors.batch.pbs;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code qstat -f} prints in its plain form (Torque, and the qstat of Slurm). A job of
 * Torque is {@code Job Id: 7.server}, then {@code name = value} lines that begin with blanks, long
 * values going on in lines that begin with a tab, then an empty line. Slurm's has a tab behind
 * {@code Job Id:} and before each attribute, and does not tell how a job ended. Not safe for use by
 * several threads.
 */
final class QstatText implements QstatReader {
  private static final String HEADER = "Job Id:";
  private static final String EQUALS = " = ";

  private final AttributeNames names;
  private final Qstat qstat = new Qstat();
  private @Nullable QstatJob job;
  private boolean slurm;
  private @Nullable String name;
  private final StringBuilder value = new StringBuilder();

  /**
   * Starts before the first line.
   *
   * @param names the attributes to keep
   */
  QstatText(AttributeNames names) {
    this.names = names;
  }

  /**
   * Reads a listing.
   *
   * @param output what qstat printed
   * @return what is in it
   */
  static Qstat read(String output) {
    QstatText reader = new QstatText(AttributeNames.STATUS);
    int start = 0;
    for (int end = output.indexOf('\n'); end >= 0; end = output.indexOf('\n', start)) {
      boolean returns = end > start && output.charAt(end - 1) == '\r';
      reader.line(output, start, returns ? end - 1 : end);
      start = end + 1;
    }
    reader.stopInTheMiddle(start < output.length());
    return reader.qstat;
  }

  @Override
  public Qstat found() {
    return qstat;
  }

  @Override
  public void line(String text, int start, int end) {
    if (text.startsWith(HEADER, start)) {
      endJob();
      beginJob(text.substring(start + HEADER.length(), end));
    } else if (isBlank(text, start, end)) {
      endJob();
    } else if (job != null) {
      attribute(text, start, end);
    }
  }

  private static boolean isBlank(String text, int start, int end) {
    int at = start;
    while (at < end && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at == end;
  }

  private void beginJob(String header) {
    String id = header.strip();
    boolean isId = !id.isEmpty() && id.chars().noneMatch(Character::isWhitespace);
    if (isId && (header.startsWith(" ") || header.startsWith("\t"))) {
      slurm = header.startsWith("\t");
      job = new QstatJob(id, slurm);
    } else {
      qstat.setIncomplete();
    }
  }

  private void attribute(String text, int start, int end) {
    char indent = slurm ? '\t' : ' ';
    int nameStart = start;
    while (nameStart < end && text.charAt(nameStart) == indent) {
      nameStart++;
    }
    int nameEnd = nameStart;
    while (nameEnd < end && !Character.isWhitespace(text.charAt(nameEnd))) {
      nameEnd++;
    }
    if (nameStart > start && nameEnd > nameStart && text.startsWith(EQUALS, nameEnd)) {
      endAttribute();
      name = names.find("", text, nameStart, nameEnd);
      if (name != null) {
        value.append(text, nameEnd + EQUALS.length(), end);
      }
    } else if (name != null && text.charAt(start) == '\t') {
      value.append(text, start + 1, end);
    }
  }

  private void endAttribute() {
    if (job != null && name != null) {
      job.put(name, value.toString());
    }
    name = null;
    value.setLength(0);
  }

  private void endJob() {
    endAttribute();
    if (job != null) {
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
