package org.psij.serialize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.PsijException;

/** The text of a file of profiles, and what it says. */
final class ProfileDocument {
  static final JsonFactory JSON = JsonJobSpecSerializer.factoryWithComments();

  private static final String EMPTY = "{\n  \"profiles\": {\n  }\n}\n";
  private static final String PROFILES = "profiles";
  private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

  private final Path file;
  private final String text;
  private final ObjectNode profiles;

  /**
   * Looks at a text.
   *
   * @param file the file that it is from or meant for, which messages name
   */
  ProfileDocument(Path file, String text) {
    this.file = file;
    this.text = text;
    this.profiles = profiles(tree());
    names().forEach(this::requireObject);
  }

  /** Reads a file; one that does not exist has no profiles. */
  static ProfileDocument read(Path file) {
    try (InputStream source = Files.newInputStream(file)) {
      byte[] bytes = source.readNBytes(JsonJobSpecSerializer.LONGEST_DOCUMENT + 1);
      CharSequence text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return new ProfileDocument(file, text.toString());
    } catch (NoSuchFileException e) {
      return new ProfileDocument(file, EMPTY);
    } catch (IOException e) {
      throw new PsijException("Cannot read " + file + ": " + e, e);
    }
  }

  private JsonNode tree() {
    try (JsonParser json = JSON.createParser(text)) {
      JsonNode tree = MAPPER.readTree(json);
      if (json.nextToken() != null) {
        throw new JsonParseException(json, "Something follows the profiles");
      }
      return tree == null ? MAPPER.missingNode() : tree;
    } catch (JsonProcessingException e) {
      String problem = "not JSON: " + JsonJobSpecSerializer.problem(e);
      throw new ProfileException(place(e.getLocation()), null, problem, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode profiles(JsonNode tree) {
    if (!(tree instanceof ObjectNode root)) {
      throw refusal("", "expected an object with the key 'profiles'");
    }
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!key.equals(PROFILES)) {
                throw refusal(key, key + ": unknown key; profiles go into 'profiles'");
              }
            });
    JsonNode found = root.path(PROFILES);
    if (found.isMissingNode()) {
      return MAPPER.createObjectNode();
    }
    if (!(found instanceof ObjectNode object)) {
      throw refusal(PROFILES, "profiles: expected an object, of profiles by name");
    }
    return object;
  }

  private void requireObject(String name) {
    if (!profiles.path(name).isObject()) {
      throw refusal(PROFILES + "." + name, "profile '" + name + "': expected an object");
    }
  }

  Path file() {
    return file;
  }

  String text() {
    return text;
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    profiles.fieldNames().forEachRemaining(names::add);
    return names;
  }

  boolean has(String name) {
    return profiles.has(name);
  }

  /** What is written about a profile; empty if there is none of that name. */
  ObjectNode profile(String name) {
    return profiles.get(name) instanceof ObjectNode profile ? profile : MAPPER.createObjectNode();
  }

  /** What is wrong with a profile, with its place in the file. */
  InvalidJobException refusal(String name, InvalidJobException problem) {
    String profile = PROFILES + "." + name;
    String field = problem.getField() == null ? profile : profile + "." + problem.getField();
    return refusal(field, "profile '" + name + "': " + problem.getMessage(), problem);
  }

  private InvalidJobException refusal(String field, String problem) {
    return refusal(field, problem, null);
  }

  private InvalidJobException refusal(String field, String problem, @Nullable Throwable cause) {
    return new ProfileException(place(FieldLocation.of(field, text)), field, problem, cause);
  }

  private String place(@Nullable JsonLocation location) {
    return location == null
        ? file.toString()
        : file + ", line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
