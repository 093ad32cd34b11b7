package org.psij.serialize;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpec;
import org.psij.ResourceSpecV1;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;

/** Makes a specification out of a document, and names the place of whatever does not fit. */
final class JobSpecReader {

  JobSpec read(JsonNode document) {
    JsonObject json = new JsonObject("", document);
    JobSpec.Builder spec = JobSpec.builder();
    spec.executable(json.text("executable"));
    spec.arguments(json.texts("arguments"));
    spec.directory(json.path("directory"));
    spec.name(json.text("name"));
    Boolean inheritEnvironment = json.flag("inherit_environment");
    if (inheritEnvironment != null) {
      spec.inheritEnvironment(inheritEnvironment);
    }
    spec.environment(environment(json));
    spec.stdinPath(json.path("stdin_path"));
    spec.stdoutPath(json.path("stdout_path"));
    spec.stderrPath(json.path("stderr_path"));
    spec.resources(resources(json.object("resources")));
    spec.attributes(attributes(json.object("attributes")));
    spec.preLaunch(json.path("pre_launch"));
    spec.postLaunch(json.path("post_launch"));
    spec.launcher(json.text("launcher"));
    spec.stageIn(json.objects("stage_in").stream().map(JobSpecReader::stageIn).toList());
    spec.stageOut(json.objects("stage_out").stream().map(JobSpecReader::stageOut).toList());
    spec.cleanup(json.paths("cleanup"));
    Set<StageOutFlags> cleanupFlags = json.names("cleanup_flags", StageOutFlags.class);
    if (cleanupFlags != null) {
      spec.cleanupFlags(cleanupFlags);
    }
    json.refuseOthers();
    return spec.build();
  }

  private static Map<String, String> environment(JsonObject json) {
    Map<String, String> variables = new LinkedHashMap<>();
    JsonObject environment = json.object("environment");
    if (environment != null) {
      for (String variable : environment.keys()) {
        variables.put(variable, environment.require(variable, environment.text(variable)));
      }
    }
    return variables;
  }

  private static @Nullable ResourceSpec resources(@Nullable JsonObject json) {
    if (json == null) {
      return null;
    }
    Integer version = json.require("__version", json.integer("__version"));
    if (version != 1) {
      throw new InvalidJobException("resources.__version", "must be 1, was " + version);
    }
    ResourceSpecV1.Builder resources =
        ResourceSpecV1.builder()
            .nodeCount(json.integer("node_count"))
            .processCount(json.integer("process_count"))
            .processesPerNode(json.integer("processes_per_node"))
            .cpuCoresPerProcess(json.integer("cpu_cores_per_process"))
            .gpuCoresPerProcess(json.integer("gpu_cores_per_process"))
            .memory(json.longInteger("memory"));
    Boolean exclusiveNodeUse = json.flag("exclusive_node_use");
    if (exclusiveNodeUse != null) {
      resources.exclusiveNodeUse(exclusiveNodeUse);
    }
    json.refuseOthers();
    return resources.build();
  }

  private static @Nullable JobAttributes attributes(@Nullable JsonObject json) {
    if (json == null) {
      return null;
    }
    JobAttributes.Builder attributes = JobAttributes.builder();
    if (json.has("duration")) {
      String walltime = json.require("duration", json.text("duration"));
      attributes.duration(JobAttributes.parseWalltime(walltime));
    }
    attributes.queueName(json.text("queue_name"));
    attributes.account(account(json));
    attributes.reservationId(json.text("reservation_id"));
    JsonObject custom = json.object("custom_attributes");
    if (custom != null) {
      for (String name : custom.keys()) {
        attributes.customAttribute(name, custom.customValue(name));
      }
    }
    json.refuseOthers();
    return attributes.build();
  }

  /** psij-python writes the account a second time, under its old name. */
  private static @Nullable String account(JsonObject json) {
    String account = json.text("account");
    String project = json.text("project_name");
    if (account != null && project != null && !account.equals(project)) {
      throw new InvalidJobException(
          "attributes.project_name",
          "must equal attributes.account '" + account + "', was '" + project + "'");
    }
    return account == null ? project : account;
  }

  private static StageIn stageIn(JsonObject json) {
    URI source = json.require("source", json.uri("source"));
    Path target = json.require("target", json.path("target"));
    StagingMode mode = json.name("mode", StagingMode.class, StagingMode.COPY);
    json.refuseOthers();
    try {
      return new StageIn(source, target, mode);
    } catch (InvalidJobException e) {
      throw new InvalidJobException(json.place(), String.valueOf(e.getMessage()), e);
    }
  }

  private static StageOut stageOut(JsonObject json) {
    Path source = json.require("source", json.path("source"));
    URI target = json.require("target", json.uri("target"));
    StagingMode mode = json.name("mode", StagingMode.class, StagingMode.COPY);
    Set<StageOutFlags> flags = json.names("flags", StageOutFlags.class);
    json.refuseOthers();
    try {
      return new StageOut(source, target, mode, flags == null ? StageOutFlags.ALWAYS : flags);
    } catch (InvalidJobException e) {
      throw new InvalidJobException(json.place(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * An object in the document, whose keys are asked for one by one. Null values count as absent.
   */
  private static final class JsonObject {
    private final String place;
    private final JsonNode values;
    private final List<String> taken = new ArrayList<>();

    JsonObject(String place, JsonNode node) {
      this.place = place;
      this.values = node;
      if (!node.isObject()) {
        throw wrongType(place, "an object", node);
      }
    }

    String place() {
      return place;
    }

    List<String> keys() {
      List<String> keys = new ArrayList<>(values.size());
      values.fieldNames().forEachRemaining(keys::add);
      return keys;
    }

    boolean has(String key) {
      return values.has(key);
    }

    void refuseOthers() {
      if (taken.size() < values.size()) {
        List<String> others = keys();
        others.removeAll(taken);
        throw new InvalidJobException(at(others.get(0)), "unknown key");
      }
    }

    <T> T require(String key, @Nullable T value) {
      if (value == null) {
        throw new InvalidJobException(at(key), "a value is required");
      }
      return value;
    }

    @Nullable String text(String key) {
      JsonNode node = take(key);
      if (node != null && !node.isTextual()) {
        throw wrongType(at(key), "a string", node);
      }
      return node == null ? null : node.textValue();
    }

    @Nullable Path path(String key) {
      String text = text(key);
      try {
        return text == null ? null : Path.of(text);
      } catch (InvalidPathException e) {
        throw notAPath(at(key), e);
      }
    }

    @Nullable URI uri(String key) {
      String text = text(key);
      try {
        return text == null ? null : new URI(text);
      } catch (URISyntaxException e) {
        throw new InvalidJobException(
            at(key), "not a URI: " + e.getReason() + ", was '" + text + "'");
      }
    }

    @Nullable Boolean flag(String key) {
      JsonNode node = takeEvenNull(key);
      if (node != null && !node.isBoolean()) {
        throw wrongType(at(key), "true or false", node);
      }
      return node == null ? null : node.booleanValue();
    }

    @Nullable Integer integer(String key) {
      JsonNode node = take(key);
      if (node == null) {
        return null;
      }
      if (!node.isIntegralNumber() || !node.canConvertToInt()) {
        throw wrongType(at(key), "an integer of 32 bits", node);
      }
      return node.intValue();
    }

    @Nullable Long longInteger(String key) {
      JsonNode node = take(key);
      if (node == null) {
        return null;
      }
      if (!node.isIntegralNumber() || !node.canConvertToLong()) {
        throw wrongType(at(key), "an integer of 64 bits", node);
      }
      return node.longValue();
    }

    @Nullable JsonObject object(String key) {
      JsonNode node = take(key);
      return node == null ? null : new JsonObject(at(key), node);
    }

    List<JsonObject> objects(String key) {
      List<JsonObject> objects = new ArrayList<>();
      for (JsonNode element : elements(key, take(key))) {
        objects.add(new JsonObject(at(key) + "[" + objects.size() + "]", element));
      }
      return objects;
    }

    List<String> texts(String key) {
      return texts(key, take(key));
    }

    private List<String> texts(String key, @Nullable JsonNode array) {
      List<String> texts = new ArrayList<>();
      for (JsonNode element : elements(key, array)) {
        if (!element.isTextual()) {
          throw wrongType(at(key) + "[" + texts.size() + "]", "a string", element);
        }
        texts.add(element.textValue());
      }
      return texts;
    }

    List<Path> paths(String key) {
      List<Path> paths = new ArrayList<>();
      for (String text : texts(key)) {
        try {
          paths.add(Path.of(text));
        } catch (InvalidPathException e) {
          throw notAPath(at(key) + "[" + paths.size() + "]", e);
        }
      }
      return paths;
    }

    <E extends Enum<E>> E name(String key, Class<E> type, E absent) {
      String text = text(key);
      return text == null ? absent : constant(key, type, text);
    }

    <E extends Enum<E>> @Nullable Set<E> names(String key, Class<E> type) {
      JsonNode node = take(key);
      if (node == null) {
        return null;
      }
      Set<E> constants = EnumSet.noneOf(type);
      for (String text : texts(key, node)) {
        constants.add(constant(key, type, text));
      }
      return constants;
    }

    @Nullable Object customValue(String key) {
      JsonNode node = take(key);
      if (node == null) {
        return null;
      }
      return node.isArray() ? customList(at(key), node) : customScalar(at(key), node);
    }

    private static List<Object> customList(String place, JsonNode array) {
      List<Object> list = new ArrayList<>();
      for (JsonNode element : array) {
        list.add(customScalar(place + "[" + list.size() + "]", element));
      }
      return list;
    }

    private static Object customScalar(String place, JsonNode node) {
      if (node.isTextual()) {
        return node.textValue();
      }
      if (node.isBoolean()) {
        return node.booleanValue();
      }
      if (node.isIntegralNumber()) {
        return node.bigIntegerValue();
      }
      if (node.isFloatingPointNumber()) {
        return node.doubleValue();
      }
      throw wrongType(place, "a string, a boolean, a number, or a list of these", node);
    }

    private Iterable<JsonNode> elements(String key, @Nullable JsonNode node) {
      if (node == null) {
        return List.of();
      }
      if (!node.isArray()) {
        throw wrongType(at(key), "an array", node);
      }
      return node;
    }

    private @Nullable JsonNode take(String key) {
      JsonNode node = takeEvenNull(key);
      return node == null || node.isNull() ? null : node;
    }

    private @Nullable JsonNode takeEvenNull(String key) {
      JsonNode node = values.get(key);
      if (node != null) {
        taken.add(key);
      }
      return node;
    }

    private String at(String key) {
      return place.isEmpty() ? key : place + "." + key;
    }

    private static InvalidJobException notAPath(String place, InvalidPathException e) {
      return new InvalidJobException(place, "not a path: " + e.getReason());
    }

    private <E extends Enum<E>> E constant(String key, Class<E> type, String text) {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(text)) {
          return constant;
        }
      }
      throw new InvalidJobException(
          at(key), "must be one of " + EnumSet.allOf(type) + ", was '" + text + "'");
    }

    private static InvalidJobException wrongType(String place, String expected, JsonNode node) {
      boolean secret = place.startsWith("environment");
      String found = node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
      String value = secret || node.isContainerNode() ? "" : " " + abbreviated(node.toString());
      return new InvalidJobException(
          place.isEmpty() ? null : place, "expected " + expected + ", was " + found + value);
    }

    private static String abbreviated(String text) {
      return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
  }
}
