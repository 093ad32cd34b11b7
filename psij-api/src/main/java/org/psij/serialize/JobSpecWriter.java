package org.psij.serialize;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;

/** Writes one specification, keys in the order of psij-python. */
final class JobSpecWriter {
  private final JsonGenerator json;

  JobSpecWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(JobSpec spec) throws IOException {
    json.writeStartObject();
    text("executable", spec.getExecutable());
    texts("arguments", spec.getArguments());
    path("directory", spec.getDirectory());
    text("name", spec.isNamed() ? spec.getName() : null);
    if (!spec.isInheritEnvironment()) {
      json.writeBooleanField("inherit_environment", false);
    }
    environment(spec.getEnvironment());
    path("stdin_path", spec.getStdinPath());
    path("stdout_path", spec.getStdoutPath());
    path("stderr_path", spec.getStderrPath());
    if (spec.getResources() instanceof ResourceSpecV1 resources) {
      resources(resources);
    }
    attributes(spec.getAttributes());
    path("pre_launch", spec.getPreLaunch());
    path("post_launch", spec.getPostLaunch());
    text("launcher", spec.getLauncher());
    stageIn(spec.getStageIn());
    stageOut(spec.getStageOut());
    texts("cleanup", spec.getCleanup().stream().map(Path::toString).toList());
    if (!spec.getCleanupFlags().equals(StageOutFlags.ALWAYS)) {
      flags("cleanup_flags", spec.getCleanupFlags());
    }
    json.writeEndObject();
  }

  private void environment(Map<String, String> environment) throws IOException {
    if (environment.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("environment");
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      json.writeStringField(variable.getKey(), variable.getValue());
    }
    json.writeEndObject();
  }

  private void resources(ResourceSpecV1 resources) throws IOException {
    json.writeObjectFieldStart("resources");
    count("node_count", resources.getNodeCount());
    count("process_count", resources.getProcessCount());
    count("processes_per_node", resources.getProcessesPerNode());
    count("cpu_cores_per_process", resources.getCpuCoresPerProcess());
    count("gpu_cores_per_process", resources.getGpuCoresPerProcess());
    if (resources.isExclusiveNodeUse()) {
      json.writeBooleanField("exclusive_node_use", true);
    }
    if (resources.getMemory() != null) {
      json.writeNumberField("memory", resources.getMemory());
    }
    json.writeNumberField("__version", resources.getVersion());
    json.writeEndObject();
  }

  private void attributes(JobAttributes attributes) throws IOException {
    json.writeObjectFieldStart("attributes");
    if (!attributes.getDuration().equals(JobAttributes.DEFAULT_DURATION)) {
      text("duration", JobAttributes.formatWalltime(attributes.getDuration()));
    }
    text("queue_name", attributes.getQueueName());
    text("account", attributes.getAccount());
    text("reservation_id", attributes.getReservationId());
    if (!attributes.getCustomAttributes().isEmpty()) {
      json.writeObjectFieldStart("custom_attributes");
      for (Map.Entry<String, @Nullable Object> custom :
          attributes.getCustomAttributes().entrySet()) {
        json.writeFieldName(custom.getKey());
        customValue(custom.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void customValue(@Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else {
      json.writeStartArray();
      for (Object element : (List<?>) value) {
        customValue(element);
      }
      json.writeEndArray();
    }
  }

  private void stageIn(Collection<StageIn> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("stage_in");
    for (StageIn file : files) {
      json.writeStartObject();
      text("source", file.getSource().toString());
      path("target", file.getTarget());
      text("mode", file.getMode().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void stageOut(Collection<StageOut> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("stage_out");
    for (StageOut file : files) {
      json.writeStartObject();
      path("source", file.getSource());
      text("target", file.getTarget().toString());
      text("mode", file.getMode().name());
      flags("flags", file.getFlags());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void flags(String key, Collection<StageOutFlags> flags) throws IOException {
    json.writeArrayFieldStart(key);
    for (StageOutFlags flag : flags) {
      json.writeString(flag.name());
    }
    json.writeEndArray();
  }

  private void texts(String key, Collection<String> values) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(key);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void text(String key, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(key, value);
    }
  }

  private void path(String key, @Nullable Path value) throws IOException {
    text(key, value == null ? null : value.toString());
  }

  private void count(String key, @Nullable Integer value) throws IOException {
    if (value != null) {
      json.writeNumberField(key, value);
    }
  }
}
