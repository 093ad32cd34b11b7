package org.psij.serialize;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobSpec;
import org.psij.Refusals;

class JsonSchemaTest {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final String TEXT = schemaText();
  private static final JsonSchema SCHEMA = FACTORY.getSchema(TEXT);

  private static String schemaText() {
    try {
      return Files.readString(Path.of("..", "docs", "job-spec.schema.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<ValidationMessage> problems(String document) {
    return SCHEMA.validate(document, InputFormat.JSON);
  }

  @Test
  void theSchemaIsOne() {
    JsonSchema meta = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));

    assertThat(meta.validate(TEXT, InputFormat.JSON)).isEmpty();
    assertThat(meta.validate("{\"type\": \"text\"}", InputFormat.JSON)).isNotEmpty();
  }

  static List<String> recorded() {
    return RecordedSpecs.names().stream()
        .filter(name -> !RecordedSpecs.NEGATIVE_DURATION.equals(name))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void whatPsijPythonWritesIsValid(String name) {
    assertThat(problems(RecordedSpecs.document(name))).isEmpty();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsValid(@ForAll("specs") JobSpec spec) {
    assertThat(problems(new JsonJobSpecSerializer().dumps(spec))).isEmpty();
  }

  @Provide
  Arbitrary<JobSpec> specs() {
    return GeneratedSpecs.any();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "{\"unknown\": 1}",
        "{\"__version\": 1}",
        "{\"executable\": 5}",
        "{\"executable\": \"a\\u0000b\"}",
        "{\"arguments\": \"a\"}",
        "{\"arguments\": [1]}",
        "{\"inherit_environment\": null}",
        "{\"environment\": {\"A\": 1}}",
        "{\"environment\": {\"A=B\": \"\"}}",
        "{\"environment\": {\"\": \"\"}}",
        "{\"resources\": {}}",
        "{\"resources\": {\"__version\": 2}}",
        "{\"resources\": {\"__version\": \"1\"}}",
        "{\"resources\": {\"__version\": 1, \"unknown\": 1}}",
        "{\"resources\": {\"__version\": 1, \"node_count\": 0}}",
        "{\"resources\": {\"__version\": 1, \"node_count\": 2147483648}}",
        "{\"resources\": {\"__version\": 1, \"node_count\": \"2\"}}",
        "{\"attributes\": {\"unknown\": 1}}",
        "{\"attributes\": {\"duration\": \"-30.0 s\"}}",
        "{\"attributes\": {\"duration\": \"30m1h\"}}",
        "{\"attributes\": {\"duration\": \"1-24\"}}",
        "{\"attributes\": {\"duration\": \"1h30\"}}",
        "{\"attributes\": {\"duration\": \"\"}}",
        "{\"attributes\": {\"duration\": \" 5 m\"}}",
        "{\"attributes\": {\"duration\": 600}}",
        "{\"attributes\": {\"queue_name\": \"\"}}",
        "{\"attributes\": {\"custom_attributes\": {\"k\": {}}}}",
        "{\"attributes\": {\"custom_attributes\": {\"k\": [null]}}}",
        "{\"attributes\": {\"custom_attributes\": {\"k\": [[]]}}}",
        "{\"attributes\": {\"custom_attributes\": {\" \": 1}}}",
        "{\"launcher\": \"\"}",
        "{\"stage_in\": [{\"source\": \"x\"}]}",
        "{\"stage_in\": [{\"source\": \"x\", \"target\": \"y\", \"mode\": \"copy\"}]}",
        "{\"stage_in\": [{\"source\": \"x\", \"target\": \"y\", \"flags\": []}]}",
        "{\"stage_out\": [{\"source\": \"x\", \"target\": \"y\", \"flags\": [\"ALWAYS\"]}]}",
        "{\"stage_out\": [\"x\"]}",
        "{\"cleanup\": \"x\"}",
        "{\"cleanup\": [\"\"]}",
        "{\"cleanup_flags\": [\"NEVER\"]}",
      })
  void whatTheLoaderRefusesIsNotValid(String document) {
    assertThat(problems(document)).isNotEmpty();
    Refusals.refusal(() -> new JsonJobSpecSerializer().loads(document));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"executable\": null, \"arguments\": null, \"environment\": null, \"name\": null}",
        "{\"resources\": null, \"attributes\": null, \"launcher\": null, \"directory\": null}",
        "{\"stage_in\": null, \"stage_out\": null, \"cleanup\": null, \"cleanup_flags\": null}",
        "{\"resources\": {\"__version\": 1, \"node_count\": null, \"memory\": null}}",
        "{\"attributes\": {\"queue_name\": null, \"custom_attributes\": null}}",
        "{\"attributes\": {\"duration\": \"1-12:00:00\"}}",
        "{\"attributes\": {\"duration\": \"2-0\"}}",
        "{\"attributes\": {\"duration\": \"1h 30m\"}}",
        "{\"attributes\": {\"duration\": \"1y2M3d4h5m6s7ms\"}}",
        "{\"attributes\": {\"custom_attributes\": {\"k\": null, \"l\": [1, 1.5, true, \"\"]}}}",
        "{\"stage_in\": [{\"source\": \"x\", \"target\": \"y\", \"mode\": null}]}",
        "{\"stage_out\": [{\"source\": \"x\", \"target\": \"y\", \"flags\": null}]}",
      })
  void whatTheLoaderTakesIsValid(String document) {
    assertThat(problems(document)).isEmpty();
    assertThat(new JsonJobSpecSerializer().loads(document)).isNotNull();
  }
}
