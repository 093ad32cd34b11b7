package org.psij.serialize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobSpec;

/** Makes profiles out of one document, and puts together what they extend. */
final class ProfileReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");

  /** More than people write, and few enough for the stack. */
  private static final int LONGEST_CHAIN = 100;

  private final ProfileDocument document;
  private final Map<String, Profile> earlier;
  private final Map<String, Profile> read = new LinkedHashMap<>();

  /** The profiles that wait for the one that they extend. */
  private final List<String> chain = new ArrayList<>();

  /**
   * Reads a document that comes after others.
   *
   * @param earlier the profiles of the others
   */
  ProfileReader(ProfileDocument document, Map<String, Profile> earlier) {
    this.document = document;
    this.earlier = earlier;
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidJobException(
          null, "the name of a profile has letters, digits and . _ + -, was '" + name + "'");
    }
  }

  Map<String, Profile> readAll() {
    document.names().forEach(this::profile);
    return read;
  }

  private Profile profile(String name) {
    Profile known = read.get(name);
    if (known != null) {
      return known;
    }
    chain.add(name);
    try {
      Profile profile = read(name, document.profile(name).deepCopy());
      read.put(name, profile);
      return profile;
    } catch (InvalidJobException e) {
      throw e instanceof ProfileException ? e : document.refusal(name, e);
    } finally {
      chain.remove(chain.size() - 1);
    }
  }

  private Profile read(String name, ObjectNode json) {
    requireName(name);
    String executor = executor(json.remove("executor"));
    List<Profile> parents = parents(name, json.remove("extends"));
    if (json.get("resources") instanceof ObjectNode resources && !resources.has("__version")) {
      resources.put("__version", 1);
    }
    JobSpec.Builder spec = new JobSpecReader().read(json).toBuilder();
    for (int i = parents.size() - 1; i >= 0; i--) {
      Profile parent = parents.get(i);
      parent.applyTo(spec);
      executor = executor == null ? parent.getExecutor() : executor;
    }
    return new Profile(name, document.file(), executor, spec.build());
  }

  private static @Nullable String executor(@Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      return null;
    }
    if (!json.isTextual() || json.textValue().isBlank()) {
      throw new InvalidJobException("executor", "expected the name of an executor, was " + json);
    }
    return json.textValue();
  }

  private List<Profile> parents(String name, @Nullable JsonNode json) {
    List<Profile> parents = new ArrayList<>();
    for (String parent : names(json)) {
      parents.add(parent(name, parent));
    }
    return parents;
  }

  private static List<String> names(@Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode element : json.isArray() ? json : List.of(json)) {
      if (!element.isTextual()) {
        throw new InvalidJobException(
            "extends", "expected the name of a profile, or a list of these, was " + json);
      }
      names.add(element.textValue());
    }
    return names;
  }

  private Profile parent(String name, String parent) {
    if (document.has(parent) && !parent.equals(name)) {
      if (chain.contains(parent)) {
        throw new InvalidJobException("extends", "a cycle: " + chainTo(parent));
      }
      if (chain.size() >= LONGEST_CHAIN) {
        throw new InvalidJobException("extends", "more than " + LONGEST_CHAIN + " in a row");
      }
      return profile(parent);
    }
    Profile known = earlier.get(parent);
    if (known == null) {
      TreeSet<String> others = new TreeSet<>(earlier.keySet());
      others.addAll(document.names());
      others.remove(name);
      throw new InvalidJobException(
          "extends",
          (parent.equals(name)
                  ? "no profile '" + parent + "' in an earlier file"
                  : "no profile '" + parent + "'")
              + " ("
              + chainTo(parent)
              + "); known: "
              + Profiles.listed(others));
    }
    return known;
  }

  private String chainTo(String parent) {
    return String.join(" -> ", chain) + " -> " + parent;
  }
}
