package org.psij.serialize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.JobAttributes;
import org.psij.JobSpec;

/** What a profile says, as JSON for people. */
final class ProfileValues {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter()
          .withObjectIndenter(new DefaultIndenter("  ", "\n"))
          .withSeparators(
              DefaultPrettyPrinter.DEFAULT_SEPARATORS.withObjectFieldValueSpacing(
                  Separators.Spacing.AFTER));
  private static final List<String> COUNTS =
      List.of("node_count", "process_count", "processes_per_node");

  private final ObjectNode json;

  /** Starts with nothing. */
  ProfileValues() {
    this(MAPPER.createObjectNode());
  }

  /** Starts with what is said already. */
  ProfileValues(ObjectNode json) {
    this.json = json.deepCopy();
  }

  void set(@Nullable String executor, Collection<String> parents, JobSpec values) {
    ObjectNode given = MAPPER.createObjectNode();
    if (!parents.isEmpty()) {
      JsonNode names = MAPPER.valueToTree(parents);
      given.set("extends", names.size() == 1 ? names.get(0) : names);
    }
    if (executor != null) {
      given.put("executor", executor);
    }
    given.setAll(tree(values));
    dropWhatIsSettled(given);
    merge(json, given);
  }

  /** The form of a specification without what profiles can do without. */
  private static ObjectNode tree(JobSpec values) {
    ObjectNode tree;
    try {
      tree = (ObjectNode) MAPPER.readTree(new JsonJobSpecSerializer().dumps(values));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("written here", e);
    }
    JobAttributes attributes = values.getAttributes();
    if (attributes.isDurationGiven()) {
      String walltime = JobAttributes.formatWalltime(attributes.getDuration());
      tree.withObject("/attributes").put("duration", walltime);
    }
    if (tree.get("resources") instanceof ObjectNode resources) {
      resources.remove("__version");
    }
    if (tree.path("attributes").isEmpty()) {
      tree.remove("attributes");
    }
    return tree;
  }

  /** Arguments of another executable, and the third count where two are new. */
  private void dropWhatIsSettled(ObjectNode given) {
    if (given.has("executable")) {
      json.remove("arguments");
    }
    List<String> others = new ArrayList<>(COUNTS);
    others.removeIf(given.path("resources")::has);
    if (others.size() == 1 && json.get("resources") instanceof ObjectNode resources) {
      resources.remove(others);
    }
  }

  private static void merge(ObjectNode json, ObjectNode given) {
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      if (json.get(field.getKey()) instanceof ObjectNode old
          && field.getValue() instanceof ObjectNode values) {
        merge(old, values);
      } else {
        json.set(field.getKey(), field.getValue());
      }
    }
  }

  @Override
  public String toString() {
    try {
      return MAPPER.writer(PRETTY).writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree", e);
    }
  }
}
