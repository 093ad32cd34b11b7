package org.psij.serialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psij.Refusals.refusal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.ChildJvm;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.Refusals;

/** Documents from strangers, who want more than to describe a job. */
class HostileJsonTest {
  private static final String TOO_LARGE = "Too large a JSON document";
  private static final long MOST_MILLISECONDS = 20_000;

  private final JsonJobSpecSerializer serializer = new JsonJobSpecSerializer();

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void documentsThatAreMeantToExhaustMemoryOrTimeAreReadOrRefusedSoon() throws Exception {
    Map<String, String> verdicts = new HashMap<>();
    for (String line : inLittleMemory(HostileDocuments.class)) {
      String[] parts = line.split("\\|", 3);
      assertThat(Long.parseLong(parts[1])).as(line).isLessThan(MOST_MILLISECONDS);
      verdicts.put(parts[0], parts[2]);
    }

    assertThat(verdicts)
        .containsOnlyKeys(HostileDocuments.all().keySet())
        .containsEntry("deep arrays", TOO_LARGE)
        .containsEntry("deep objects", TOO_LARGE)
        .containsEntry("deep below a field", TOO_LARGE)
        .containsEntry("string of 100 MB", TOO_LARGE)
        .containsEntry("100 MB of blanks", TOO_LARGE)
        .containsEntry("name of 100 MB", TOO_LARGE)
        .containsEntry("name that is long", "x".repeat(200) + "…")
        .containsEntry("10 MB of digits", TOO_LARGE)
        .containsEntry("many digits", TOO_LARGE)
        .containsEntry("many digits after the point", TOO_LARGE)
        .containsEntry("huge exponent", "attributes.custom_attributes.a")
        .containsEntry("huge exponent for an integer", "resources.node_count")
        .containsEntry("whole number with an exponent", "resources.node_count")
        .containsEntry("tiny exponent", "read")
        .containsEntry("exponent of many digits", "attributes.custom_attributes.a")
        .containsEntry("many names", "read")
        .containsEntry("colliding names", "read")
        .containsEntry("many empty strings", TOO_LARGE)
        .containsEntry("many arrays", TOO_LARGE)
        .containsEntry("many objects", TOO_LARGE)
        .containsEntry("many numbers", TOO_LARGE)
        .containsEntry("as many objects as are read", "stage_in[0].source")
        .containsEntry("as many strings as are read", "read")
        .containsEntry("names of one value", "environment.0")
        .containsEntry("path that goes up and down", "cleanup")
        .containsEntry("paths that go up and down", "read")
        .containsEntry("uri that goes up and down", "stage_in[0]")
        .containsEntry("uri that is none", "stage_in[0].source")
        .containsEntry("duration of many digits", "attributes.duration")
        .containsEntry("duration of many zeros", "attributes.duration")
        .containsEntry(
            "what grows when it is written",
            "a specification has at most 8388608 characters as JSON");
  }

  private static List<String> inLittleMemory(Class<?> program) throws Exception {
    return ChildJvm.run(
        Map.of(), "-Xmx256m", "-cp", System.getProperty("java.class.path"), program.getName());
  }

  @Test
  void whatWouldBeTooLongToReadIsNotWritten() {
    JobSpec spec = JobSpec.builder().arguments("x".repeat(9 << 20)).build();

    assertThat(refusal(() -> serializer.dumps(spec))).hasMessageContaining("at most 8388608");
  }

  @Test
  void theLongestIntegerIsReadAndNoLongerOneIsWritten() {
    BigInteger longest = BigInteger.TEN.pow(1000).subtract(BigInteger.ONE);
    JobSpec spec = withCustom(longest.negate());

    assertThat(serializer.loads(serializer.dumps(spec))).isEqualTo(spec);
    assertThat(refusal(() -> serializer.dumps(withCustom(BigInteger.TEN.pow(1000)))))
        .hasMessageContaining("Number value length (1001)");
  }

  @Test
  void asManyValuesAsNoDocumentMayHaveAreNotWritten() {
    JobSpec spec = JobSpec.builder().arguments(Collections.nCopies(1_000_000, "")).build();

    assertThat(refusal(() -> serializer.dumps(spec))).hasMessageContaining("Token count");
  }

  private static JobSpec withCustom(Object value) {
    return JobSpec.builder()
        .attributes(JobAttributes.builder().customAttribute("a", value).build())
        .build();
  }

  // --- types that name classes ---

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "@class | {'@class': 'java.net.URL', 'executable': 'a'}",
        "@type | {'@type': 'java.net.URL'}",
        "resources.@class | {'resources': {'@class': 'org.psij.ResourceSpecV1', '__version': 1}}",
        "resources | {'resources': ['org.psij.ResourceSpecV1', {'__version': 1}]}",
        "directory | {'directory': ['java.net.URL', 'http://127.0.0.1/']}",
        "arguments[0] | {'arguments': [['java.net.URL', 'http://127.0.0.1/']]}",
        "attributes.custom_attributes.a | {'attributes': {'custom_attributes': {'a': {'@class': 'x'}}}}",
      })
  void namesOfClassesAreOnlyUnknownKeysAndWrongTypes(String place, String document) {
    Refusals.assertRefused(place, () -> serializer.loads(document.replace('\'', '"')));
  }

  @Test
  void aVariableMayBeCalledLikeAType() {
    String document = "{\"environment\": {\"@class\": \"java.net.URL\"}}";

    assertThat(serializer.loads(document).getEnvironment()).containsEntry("@class", "java.net.URL");
  }

  // --- what is nearly JSON ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeff{}",
        "{}\u0000",
        "\u0000{}",
        "/* c */ {}",
        "# c\n{}",
        "{'executable': 'a'}",
        "{\"attributes\": {\"custom_attributes\": {\"a\": NaN}}}",
        "{\"attributes\": {\"custom_attributes\": {\"a\": -Infinity}}}",
        "{\"attributes\": {\"custom_attributes\": {\"a\": +1}}}",
        "{\"attributes\": {\"custom_attributes\": {\"a\": 01}}}",
        "{\"attributes\": {\"custom_attributes\": {\"a\": .5}}}",
        "{\"attributes\": {\"custom_attributes\": {\"a\": 0x1}}}",
        "{\"executable\": \"a\nb\"}",
        "{\"executable\": \"\\x41\"}",
        "{} {}",
        "{},",
        "{}]",
      })
  void whatIsOnlyNearlyJsonIsRefused(String document) {
    assertThat(refusal(() -> serializer.loads(document))).hasMessageStartingWith("Not a JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void otherEncodingsAreRefused(String encoding) {
    byte[] bytes = "{\"executable\": \"a\"}".getBytes(Charset.forName(encoding));

    assertThat(refusal(() -> serializer.load(reader(bytes)))).hasMessageStartingWith("Not a JSON");
  }

  @Test
  void bytesThatAreNoTextAreAnErrorOfTheReader() throws IOException {
    try (var strict =
        new InputStreamReader(
            new ByteArrayInputStream(new byte[] {'{', '"', (byte) 0xff}),
            StandardCharsets.UTF_8.newDecoder())) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> serializer.load(strict)))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  private static InputStreamReader reader(byte[] bytes) {
    return new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"36_unicode", "37_quotes_newlines", "45_kitchen_sink"})
  void aDocumentThatIsCutAnywhereIsRefused(String name) {
    String document = RecordedSpecs.document(name).strip();
    for (int end = 0; end < document.length(); end++) {
      String cut = document.substring(0, end);
      assertThat(refusal(() -> serializer.loads(cut)))
          .as(cut)
          .isExactlyInstanceOf(InvalidJobException.class);
    }
  }
}
