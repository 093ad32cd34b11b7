package org.psij.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of {@link SpecJson} as anybody would hold it for Jackson: without any checks. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlainSpec(
    String executable,
    List<String> arguments,
    String directory,
    String name,
    Map<String, String> environment,
    String stdinPath,
    String stdoutPath,
    String stderrPath,
    Resources resources,
    Attributes attributes,
    String preLaunch,
    String launcher,
    List<Staging> stageIn,
    List<Staging> stageOut,
    List<String> cleanup) {

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Resources(
      int nodeCount,
      int processesPerNode,
      int cpuCoresPerProcess,
      int gpuCoresPerProcess,
      long memory,
      @JsonProperty("__version") int version) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Attributes(
      String duration,
      String queueName,
      String account,
      String reservationId,
      Map<String, Object> customAttributes) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Staging(String source, String target, String mode, @Nullable List<String> flags) {}
}
