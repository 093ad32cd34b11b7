package org.psij.executors.batch.gridengine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The {@code job_list} elements of {@code qstat -xml}, taken out of the document while it comes; it
 * need not be well-formed. Not safe for use by several threads.
 */
final class JobListReader {
  private static final String START = "<job_list";
  static final String END = "</job_list>";
  private static final String DOCUMENT = "<job_info";
  private static final int LONGEST = 1 << 22;

  private final Reader output;
  private final char[] chunk = new char[1 << 13];
  private final StringBuilder text = new StringBuilder();
  private boolean isDocument;

  JobListReader(InputStream output) {
    this.output = new InputStreamReader(output, StandardCharsets.UTF_8);
  }

  /**
   * Reads an element.
   *
   * @return its text with its tags, null at the end; without its end tag if another begins before
   *     that, or the output ends
   * @throws IOException if there is no such document
   */
  @Nullable String next() throws IOException {
    int start = find(START, 0);
    isDocument |= text.indexOf(DOCUMENT) >= 0;
    if (start < 0) {
      if (!isDocument) {
        throw new IOException("qstat printed no list of jobs");
      }
      return null;
    }
    text.delete(0, start);
    int end = find(END, 0);
    int next = text.indexOf(START, START.length());
    boolean isWhole = end >= 0 && (next < 0 || end < next);
    int cut = isWhole ? end + END.length() : next < 0 ? text.length() : next;
    String element = text.substring(0, cut);
    text.delete(0, cut);
    return element;
  }

  private int find(String what, int from) throws IOException {
    int found = text.indexOf(what, from);
    while (found < 0) {
      int count = output.read(chunk);
      if (count < 0) {
        return -1;
      }
      int searched = Math.max(from, text.length() - what.length());
      text.append(chunk, 0, count);
      if (text.length() > LONGEST) {
        throw new IOException("a job of more than " + LONGEST + " characters");
      }
      found = text.indexOf(what, searched);
    }
    return found;
  }
}
