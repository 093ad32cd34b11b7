package org.psij.serialize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts one profile into the text of a document or takes one out, and leaves everything else as it
 * is, comments and blanks too. The document has been read without an error.
 */
final class ProfileText {
  private static final JsonFactory WITHOUT_COMMENTS = new JsonFactory();

  /** A profile, by the places of its name and of the braces around what it says. */
  private static final class Member {
    private final int start;
    private final int open;
    private final int end;

    Member(int start, int open, int end) {
      this.start = start;
      this.open = open;
      this.end = end;
    }
  }

  private final String text;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private @Nullable Member last;
  private int open;
  private int close;

  ProfileText(String document) {
    text = document;
    try (JsonParser json = ProfileDocument.JSON.createParser(text)) {
      json.nextToken();
      if (json.nextToken() == JsonToken.FIELD_NAME) {
        json.nextToken();
      }
      open = offset(json); // of no profiles at all, the brace that ends the document
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        int start = offset(json);
        json.nextToken();
        int opened = offset(json);
        json.skipChildren();
        last = new Member(start, opened, offset(json) + 1);
        members.put(name, last);
      }
      close = json.currentToken() == null ? open : offset(json);
    } catch (IOException e) {
      throw new UncheckedIOException("read before without an error", e);
    }
  }

  private static int offset(JsonParser json) {
    return Math.toIntExact(json.currentTokenLocation().getCharOffset());
  }

  /** Whether there are comments in what is said about a profile. */
  boolean hasComments(String name) {
    Member member = members.get(name);
    if (member == null) {
      return false;
    }
    try (JsonParser json = WITHOUT_COMMENTS.createParser(text.substring(member.open, member.end))) {
      json.nextToken();
      json.skipChildren();
      return false;
    } catch (JsonProcessingException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text with a profile, which takes the place of one of the same name, or is the last one. */
  String with(String name, String value) {
    String indented = value.replace("\n", "\n    ");
    Member member = members.get(name);
    if (member != null) {
      return text.substring(0, member.open) + indented + text.substring(member.end);
    }
    String added = "\n    \"" + name + "\": " + indented + "\n  ";
    if (open == close) {
      String before = text.substring(0, open).stripTrailing();
      return before + "\n  \"profiles\": {" + added + "}\n" + text.substring(close);
    }
    int end = last == null ? open + 1 : last.end;
    return text.substring(0, end)
        + (last == null ? "" : ",")
        + text.substring(end, close).stripTrailing()
        + added
        + text.substring(close);
  }

  /**
   * The text without a profile that is there, and without the comma that it no longer takes.
   * Comments before and after it stay.
   */
  String without(String name) {
    Member removed = Objects.requireNonNull(members.get(name), name);
    Member previous = null;
    for (Member member : members.values()) {
      previous = member.end < removed.start ? member : previous;
    }
    StringBuilder rest = new StringBuilder(text);
    if (removed != last) {
      rest.deleteCharAt(comma(removed.end));
    }
    cut(rest, removed.start, removed.end);
    if (removed == last && previous != null) {
      rest.deleteCharAt(comma(previous.end));
    }
    return rest.toString();
  }

  /** The place of the comma that follows, which is not one in a comment. */
  private int comma(int from) {
    int at = from;
    while (text.charAt(at) != ',') {
      if (text.startsWith("/*", at)) {
        at = text.indexOf("*/", at) + 2;
      } else if (text.startsWith("//", at) || text.charAt(at) == '#') {
        at = endOfLine(at);
      } else {
        at++;
      }
    }
    return at;
  }

  private int endOfLine(int from) {
    int at = from;
    while (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** Takes out a part, with its lines if nothing else is on them. */
  private static void cut(StringBuilder text, int start, int end) {
    int from = start;
    while (isBlank(text.charAt(from - 1))) {
      from--;
    }
    int to = end;
    while (isBlank(text.charAt(to))) {
      to++;
    }
    boolean wholeLines = text.charAt(from - 1) == '\n' && text.charAt(to) == '\n';
    text.delete(wholeLines ? from : start, wholeLines ? to + 1 : end);
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t' || character == '\r';
  }
}
