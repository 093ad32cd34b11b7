package org.psij.executors.batch.gridengine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of XML that holds others, of which each holds text only. Nothing is expanded and
 * nothing is opened: a text that is wanted and has an entity in it makes the row unreadable. Not
 * safe for use by several threads.
 */
final class XmlRow {
  private final String document;
  private final int end;
  private final List<String> names;
  private final @Nullable String[] texts;
  private int at;

  private XmlRow(String document, int start, int end, List<String> names) {
    this.document = document;
    this.end = end;
    this.names = names;
    this.texts = new @Nullable String[names.size()];
    this.at = start;
  }

  /**
   * Reads an element.
   *
   * @param document what it is a part of
   * @param start where its start tag begins
   * @param end where its end tag begins
   * @param names the names of the elements whose texts are wanted
   * @return the element, or null if it holds anything else than elements with text
   */
  static @Nullable XmlRow parse(String document, int start, int end, List<String> names) {
    XmlRow row = new XmlRow(document, document.indexOf('>', start) + 1, end, names);
    return row.at <= end && row.readElements() ? row : null;
  }

  private boolean readElements() {
    skipBlanks();
    while (at < end) {
      if (!readElement()) {
        return false;
      }
      skipBlanks();
    }
    return true;
  }

  private void skipBlanks() {
    while (at < end && document.charAt(at) <= ' ') {
      at++;
    }
  }

  private boolean readElement() {
    int tagEnd = document.indexOf('>', at);
    if (document.charAt(at) != '<' || tagEnd < 0 || tagEnd >= end) {
      return false;
    }
    if (document.charAt(tagEnd - 1) == '/') {
      at = tagEnd + 1;
      return true;
    }
    int name = at + 1;
    int length = endOfName(name) - name;
    int close = document.indexOf('<', tagEnd);
    at = close + length + 3;
    return length > 0
        && document.startsWith("</", close)
        && document.regionMatches(close + 2, document, name, length)
        && document.charAt(at - 1) == '>'
        && keep(name, length, tagEnd + 1, close);
  }

  private int endOfName(int from) {
    int last = from;
    while (document.charAt(last) > ' ' && "<>/&".indexOf(document.charAt(last)) < 0) {
      last++;
    }
    return last;
  }

  private boolean keep(int name, int length, int from, int to) {
    for (int i = 0; i < texts.length; i++) {
      String wanted = names.get(i);
      if (texts[i] == null && wanted.length() == length && document.startsWith(wanted, name)) {
        String text = document.substring(from, to).strip();
        texts[i] = text;
        return text.indexOf('&') < 0;
      }
    }
    return true;
  }

  /**
   * Gives the text of an element.
   *
   * @param name the number of its name among those that are wanted
   * @return the text of the first of that name, without blanks around it; empty if there is none
   */
  String text(int name) {
    String text = texts[name];
    return text == null ? "" : text;
  }
}
