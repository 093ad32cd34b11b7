package org.psij.executors.batch.gridengine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code job_list} of {@code qstat -xml}: the texts of its elements by their names. */
final class QstatElement {
  private static final Pattern FIELD = Pattern.compile("<(\\w+)(?: [^<>]*)?>([^<]*)</\\1>");
  private static final Pattern ENTITY =
      Pattern.compile("&(?:#([0-9]{1,6})|(lt|gt|amp|quot|apos));|%lt;");
  private static final Map<String, String> ENTITIES =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Map<String, List<String>> fields = new HashMap<>();

  /** Reads what can be read of an element. */
  QstatElement(String element) {
    Matcher field = FIELD.matcher(element);
    while (field.find()) {
      String text = unescaped(field.group(2).strip());
      if (!text.isEmpty()) {
        fields.computeIfAbsent(field.group(1), name -> new ArrayList<>()).add(text);
      }
    }
  }

  /** Some versions write {@code <} as {@code %lt;}. */
  private static String unescaped(String text) {
    if (text.indexOf('&') < 0 && text.indexOf('%') < 0) {
      return text;
    }
    return ENTITY
        .matcher(text)
        .replaceAll(
            entity -> Matcher.quoteReplacement(character(entity.group(1), entity.group(2))));
  }

  private static String character(@Nullable String number, @Nullable String name) {
    if (number != null) {
      return Character.toString(Integer.parseInt(number));
    }
    return name == null ? "<" : ENTITIES.getOrDefault(name, "");
  }

  List<String> texts(String field) {
    return fields.getOrDefault(field, List.of());
  }

  /** The first text of a field, or null if there is none. */
  @Nullable String text(String field) {
    List<String> texts = texts(field);
    return texts.isEmpty() ? null : texts.get(0);
  }

  @Nullable Integer number(String field) {
    String text = text(field);
    return text != null && NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
  }

  @Nullable Instant time(String field) {
    String text = text(field);
    try {
      return text == null ? null : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  /** Tells whether this is one more slot of the job or task that another element is about. */
  boolean isSlotOf(QstatElement master) {
    return "SLAVE".equals(text("master"))
        && texts("JB_job_number").equals(master.texts("JB_job_number"))
        && texts("tasks").equals(master.texts("tasks"));
  }
}
