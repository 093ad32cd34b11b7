package org.psij.serialize;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Finds the line in which a field stands. */
final class FieldLocation {
  private FieldLocation() {}

  /**
   * Looks for a field, or if it is not there, for the innermost one around it.
   *
   * @param field the path of the field, as in {@link org.psij.InvalidJobException#getField}
   * @param document JSON that has been read without an error
   * @return where it begins, or null if not even the outermost is there
   */
  static @Nullable JsonLocation of(String field, String document) {
    try (JsonParser json = ProfileDocument.JSON.createParser(document)) {
      JsonLocation found = null;
      int length = -1;
      while (json.nextToken() != null) {
        String here = path(json.getParsingContext());
        if (here.length() > length && isAtOrAbove(here, field)) {
          found = json.currentTokenLocation();
          length = here.length();
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("read before without an error", e);
    }
  }

  private static boolean isAtOrAbove(String here, String field) {
    return here.isEmpty()
        || (field.startsWith(here)
            && (field.length() == here.length() || ".[".indexOf(field.charAt(here.length())) >= 0));
  }

  private static String path(@Nullable JsonStreamContext context) {
    if (context == null || context.inRoot()) {
      return "";
    }
    String above = path(context.getParent());
    if (context.inArray()) {
      return context.hasCurrentIndex() ? above + "[" + context.getCurrentIndex() + "]" : above;
    }
    String name = context.getCurrentName();
    return name == null || above.isEmpty()
        ? above + (name == null ? "" : name)
        : above + "." + name;
  }
}
