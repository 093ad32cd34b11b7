package org.psij.serialize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What becomes of a document in hostile hands. */
final class MutatedDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What can stand in the place of any value. */
  static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1",
          "1.5",
          "-0.0",
          "1e400",
          "1e-400",
          "2147483648",
          "9223372036854775808",
          "1" + "0".repeat(300),
          "\"\"",
          "\"x\"",
          "\" \"",
          "\"..\"",
          "\"a/../..\"",
          "\"\\u0000\"",
          "\"a\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\u007f\\n\"",
          "\"01:00:00\"",
          "\"-1 s\"",
          "\"file:///x\"",
          "\"http://[\"",
          "\"NaN\"",
          "[]",
          "[[]]",
          "[null]",
          "[\"a\"]",
          "[1,\"a\",true,0.5]",
          "{}",
          "{\"a\":{}}",
          "{\"\":\"\"}",
          "{\"@class\":\"java.net.URL\"}",
          "[\"java.net.URL\",\"http://127.0.0.1/\"]");

  private MutatedDocument() {}

  /** Changes, inserts, repeats or removes some bytes. */
  static String ofBytes(String document, Random random) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      bytes = changed(bytes, random);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] changed(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(12));
    byte[] head = Arrays.copyOf(bytes, at);
    byte[] piece = Arrays.copyOfRange(bytes, at, end);
    byte[] tail = Arrays.copyOfRange(bytes, end, bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> flipped(bytes, at, random);
      case 1 -> join(head, tail);
      case 2 -> join(head, piece, piece, tail);
      case 3 -> join(head, value(random).getBytes(StandardCharsets.UTF_8), tail);
      default -> join(tail, piece, head);
    };
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    byte[] copy = bytes.clone();
    copy[at] ^= (byte) (1 << random.nextInt(8));
    return copy;
  }

  private static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static String value(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  /** Puts a copy of one value, or of a hostile one, into the place of another. */
  static String ofTree(String document, Random random) {
    JsonNode tree = parse(document);
    List<Place> places = places(tree);
    if (places.isEmpty()) {
      return document;
    }
    Place target = places.get(random.nextInt(places.size()));
    JsonNode other =
        random.nextBoolean()
            ? parse(value(random))
            : places.get(random.nextInt(places.size())).get().deepCopy();
    target.set(other);
    return tree.toString();
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All places below a value. */
  static List<Place> places(JsonNode tree) {
    List<Place> places = new ArrayList<>();
    collect(tree, "", places);
    return places;
  }

  private static void collect(JsonNode node, String path, List<Place> places) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                places.add(new Place(below, object, field.getKey(), -1));
                collect(field.getValue(), below, places);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        String below = path + "[" + i + "]";
        places.add(new Place(below, array, "", i));
        collect(array.get(i), below, places);
      }
    }
  }

  /** A value in an object or an array. */
  record Place(String path, JsonNode container, String name, int index) {
    JsonNode get() {
      return index < 0 ? container.get(name) : container.get(index);
    }

    void set(JsonNode value) {
      if (index < 0) {
        ((ObjectNode) container).set(name, value);
      } else {
        ((ArrayNode) container).set(index, value);
      }
    }
  }
}
