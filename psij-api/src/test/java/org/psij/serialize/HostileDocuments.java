package org.psij.serialize;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.psij.InvalidJobException;

/** Run in a JVM of its own, with little memory: reads documents that are meant to exhaust it. */
public final class HostileDocuments {
  private static final int MIB = 1 << 20;
  private static final int LONGEST = 8 * MIB;

  private HostileDocuments() {}

  /** The documents by name, each made when it is its turn. */
  static Map<String, Supplier<String>> all() {
    Map<String, Supplier<String>> documents = new LinkedHashMap<>();
    documents.put("deep arrays", () -> "[".repeat(100_000) + "]".repeat(100_000));
    documents.put("deep objects", () -> "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
    documents.put("deep below a field", () -> field("arguments", "[".repeat(100_000)));
    documents.put("string of 100 MB", () -> field("executable", '"' + "x".repeat(100 * MIB) + '"'));
    documents.put(
        "100 MB of blanks", () -> field("executable", '"' + "x\"" + " ".repeat(100 * MIB)));
    documents.put("name of 100 MB", () -> "{\"" + "x".repeat(100 * MIB) + "\": 1}");
    documents.put("name that is long", () -> "{\"" + "x".repeat(LONGEST - 10) + "\": 1}");
    documents.put("10 MB of digits", () -> custom("9".repeat(10 * MIB)));
    documents.put("many digits", () -> custom("9".repeat(MIB)));
    documents.put("many digits after the point", () -> custom("0." + "9".repeat(MIB)));
    documents.put("huge exponent", () -> custom("1e999999999"));
    documents.put("huge exponent for an integer", () -> resource("1e999999999"));
    documents.put("whole number with an exponent", () -> resource("1e0"));
    documents.put("tiny exponent", () -> custom("1e-999999999"));
    documents.put("exponent of many digits", () -> custom("1e" + "9".repeat(900)));
    documents.put("as many objects as are read", () -> field("stage_in", list(499_990, "{}")));
    documents.put("as many strings as are read", () -> array(999_990, "\"\""));
    documents.put("names of one value", () -> object(490_000, i -> Integer.toString(i, 36), "1"));
    documents.put("many names", () -> object(200_000, i -> Integer.toString(i, 36), "\"\""));
    documents.put("colliding names", () -> object(1 << 15, HostileDocuments::colliding, "\"\""));
    documents.put("many empty strings", () -> array(LONGEST / 3 - 100, "\"\""));
    documents.put("many arrays", () -> array(LONGEST / 3 - 100, "[]"));
    documents.put("many objects", () -> field("stage_in", list(LONGEST / 3 - 100, "{}")));
    documents.put("many numbers", () -> array(LONGEST / 3 - 100, "99"));
    documents.put(
        "path that goes up and down", () -> cleanup("a/".repeat(MIB) + "../".repeat(MIB)));
    documents.put("paths that go up and down", HostileDocuments::manyPaths);
    documents.put("uri that goes up and down", () -> source("a/../".repeat(MIB)));
    documents.put("uri that is none", () -> source("a b".repeat(MIB)));
    documents.put("duration of many digits", () -> duration("1".repeat(7 * MIB)));
    documents.put("duration of many zeros", () -> duration("0".repeat(7 * MIB) + ":00"));
    documents.put("what grows when it is written", () -> array(1, '"' + "é".repeat(7 * MIB) + '"'));
    return documents;
  }

  private static String field(String name, String value) {
    return "{\"" + name + "\": " + value + "}";
  }

  private static String custom(String value) {
    return field("attributes", field("custom_attributes", field("a", value)));
  }

  private static String resource(String value) {
    return "{\"resources\": {\"__version\": 1, \"node_count\": " + value + "}}";
  }

  private static String duration(String value) {
    return field("attributes", field("duration", '"' + value + '"'));
  }

  private static String cleanup(String path) {
    return field("cleanup", "[\"" + path + "\"]");
  }

  private static String source(String uri) {
    return field("stage_in", "[{\"target\": \"t\", \"source\": \"" + uri + "\"}]");
  }

  private static String manyPaths() {
    String path = '"' + "a/".repeat(800) + "../".repeat(799) + '"';
    return field("cleanup", list(2000, path));
  }

  private static String array(int size, String element) {
    return field("arguments", list(size, element));
  }

  private static String list(int size, String element) {
    return "[" + (element + ",").repeat(size - 1) + element + "]";
  }

  private static String object(int size, IntFunction<String> name, String value) {
    return field(
        "environment",
        IntStream.range(0, size)
            .mapToObj(i -> '"' + name.apply(i) + "\":" + value)
            .collect(Collectors.joining(",", "{", "}")));
  }

  /** Strings of different letters and the same hash code. */
  private static String colliding(int number) {
    return IntStream.range(0, 15)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  public static void main(String[] arguments) {
    JsonJobSpecSerializer serializer = new JsonJobSpecSerializer();
    all()
        .forEach(
            (name, document) -> {
              String text = document.get();
              long start = System.nanoTime();
              String verdict = verdict(serializer, text);
              long took = (System.nanoTime() - start) / 1_000_000;
              System.out.println(name + "|" + took + "|" + verdict);
            });
  }

  private static String verdict(JsonJobSpecSerializer serializer, String document) {
    try {
      serializer.loads(document);
      return "read";
    } catch (InvalidJobException e) {
      return e.getField() == null ? firstWords(e) : e.getField();
    } catch (Throwable e) {
      return e.toString();
    }
  }

  private static String firstWords(InvalidJobException e) {
    String message = String.valueOf(e.getMessage());
    return message.length() > 3000 ? "a long message" : message.replaceAll("(?s)[:,].*", "");
  }
}
