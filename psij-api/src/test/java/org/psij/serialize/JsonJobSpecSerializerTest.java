package org.psij.serialize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.Refusals.assertRefused;
import static org.psij.Refusals.refusal;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;

class JsonJobSpecSerializerTest {
  private static final String SECRET = "hunter2";

  private final JsonJobSpecSerializer serializer = new JsonJobSpecSerializer();

  // --- documents of psij-python ---

  static Set<Map.Entry<String, JobSpec>> recorded() {
    return RecordedSpecs.expected().entrySet();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void readsWhatPsijPythonWrites(Map.Entry<String, JobSpec> expected) {
    assertThat(serializer.loads(RecordedSpecs.document(expected.getKey())))
        .isEqualTo(expected.getValue());
  }

  @Test
  void everyRecordedDocumentIsInTheTable() {
    Set<String> names = new TreeSet<>(RecordedSpecs.names());
    names.remove(RecordedSpecs.NEGATIVE_DURATION);

    assertThat(RecordedSpecs.expected().keySet()).containsExactlyElementsOf(names);
  }

  @Test
  void negativeDurationsOfPsijPythonAreRefused() {
    String document = RecordedSpecs.document(RecordedSpecs.NEGATIVE_DURATION);

    assertRefused("attributes.duration", () -> serializer.loads(document));
    assertThat(refusal(() -> serializer.loads(document))).hasMessageContaining("-30.0 s");
  }

  @Test
  void anEmptyExecutableIsReadAsOne() {
    assertThat(serializer.loads(RecordedSpecs.document("04_empty_collections")).getExecutable())
        .isEmpty();
  }

  @Test
  void aNulInAnArgumentIsRead() {
    assertThat(serializer.loads(RecordedSpecs.document("37_quotes_newlines")).getArguments())
        .contains("\0\u001b");
  }

  @Test
  void countsAreInferredInALoadedSpecification() {
    JobSpec spec = serializer.loads("{\"resources\": {\"process_count\": 8, \"__version\": 1}}");

    assertThat(((ResourceSpecV1) spec.getResources()).getComputedProcessesPerNode()).isEqualTo(8);
  }

  // --- what is refused ---

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "executable | {'executable': 5}",
        "executable | {'executable': ['a']}",
        "executable | {'executable': 'a\\u0000'}",
        "executable | {'executable': '\\ud83d'}",
        "arguments | {'arguments': 'a'}",
        "arguments[1] | {'arguments': ['a', 1]}",
        "arguments[0] | {'arguments': [null]}",
        "directory | {'directory': true}",
        "directory | {'directory': 'a\\u0000'}",
        "name | {'name': ''}",
        "inherit_environment | {'inherit_environment': 'false'}",
        "inherit_environment | {'inherit_environment': 0}",
        "inherit_environment | {'inherit_environment': null}",
        "environment | {'environment': []}",
        "environment.A | {'environment': {'A': 1}}",
        "environment.A | {'environment': {'A': null}}",
        "environment.A=B | {'environment': {'A=B': ''}}",
        "stdin_path | {'stdin_path': 1}",
        "resources | {'resources': 1}",
        "resources.__version | {'resources': {}}",
        "resources.__version | {'resources': {'node_count': 1}}",
        "resources.__version | {'resources': {'__version': null}}",
        "resources.__version | {'resources': {'__version': 2}}",
        "resources.__version | {'resources': {'__version': '1'}}",
        "resources.__version | {'resources': {'__version': 1.0}}",
        "resources.node_count | {'resources': {'node_count': '2', '__version': 1}}",
        "resources.node_count | {'resources': {'node_count': 2.0, '__version': 1}}",
        "resources.node_count | {'resources': {'node_count': true, '__version': 1}}",
        "resources.node_count | {'resources': {'node_count': 2147483648, '__version': 1}}",
        "resources.node_count | {'resources': {'node_count': 0, '__version': 1}}",
        "resources.memory | {'resources': {'memory': 9223372036854775808, '__version': 1}}",
        "resources.memory | {'resources': {'memory': 1e9, '__version': 1}}",
        "resources.exclusive_node_use | {'resources': {'exclusive_node_use': 1, '__version': 1}}",
        "resources.unknown | {'resources': {'unknown': 1, '__version': 1}}",
        "resources | {'resources': {'node_count': 2, 'process_count': 3, '__version': 1}}",
        "attributes | {'attributes': []}",
        "attributes.duration | {'attributes': {'duration': 600}}",
        "attributes.duration | {'attributes': {'duration': null}}",
        "attributes.duration | {'attributes': {'duration': 'soon'}}",
        "attributes.queue_name | {'attributes': {'queue_name': 1}}",
        "attributes.queue_name | {'attributes': {'queue_name': ''}}",
        "attributes.project_name | {'attributes': {'account': 'a', 'project_name': 'b'}}",
        "attributes.custom_attributes | {'attributes': {'custom_attributes': []}}",
        "attributes.custom_attributes.d | {'attributes': {'custom_attributes': {'d': {}}}}",
        "attributes.custom_attributes.l[1] | {'attributes': {'custom_attributes': {'l': [1, null]}}}",
        "attributes.custom_attributes.l[0] | {'attributes': {'custom_attributes': {'l': [[]]}}}",
        "attributes.custom_attributes.f | {'attributes': {'custom_attributes': {'f': 1e999}}}",
        "attributes.unknown | {'attributes': {'unknown': 1}}",
        "launcher | {'launcher': ''}",
        "stage_in | {'stage_in': {}}",
        "stage_in[0] | {'stage_in': ['a']}",
        "stage_in[0].source | {'stage_in': [{'target': 'a'}]}",
        "stage_in[0].source | {'stage_in': [{'source': 'a b', 'target': 'a'}]}",
        "stage_in[0].target | {'stage_in': [{'source': 'a'}]}",
        "stage_in[0].mode | {'stage_in': [{'source': 'a', 'target': 'b', 'mode': 'copy'}]}",
        "stage_in[0].flags | {'stage_in': [{'source': 'a', 'target': 'b', 'flags': []}]}",
        "stage_in[0] | {'stage_in': [{'source': 'a', 'target': '../b'}]}",
        "stage_out[1] | {'stage_out': [{'source': 'a', 'target': 'b'}, {'source': '..', 'target': 'b'}]}",
        "stage_out[0].flags | {'stage_out': [{'source': 'a', 'target': 'b', 'flags': ['ALWAYS']}]}",
        "cleanup | {'cleanup': 'a'}",
        "cleanup[1] | {'cleanup': ['a', 1]}",
        "cleanup | {'cleanup': ['../a']}",
        "cleanup_flags | {'cleanup_flags': 14}",
        "cleanup_flags | {'cleanup_flags': ['NEVER']}",
        "unknown | {'unknown': 1}",
        "Executable | {'Executable': 'a'}",
        "__version | {'__version': 1}",
      })
  void whatIsWrongIsRefusedWithItsPlace(String place, String document) {
    assertRefused(place, () -> serializer.loads(document.replace('\'', '"')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "5", "\"a\"", "", " "})
  void whatIsNoObjectIsRefused(String document) {
    assertThat(refusal(() -> serializer.loads(document)))
        .hasMessageStartingWith("expected an object")
        .extracting(InvalidJobException::getField)
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'executable': 'a' 'b'}",
        "{'executable': 'a',}",
        "{'executable': 'a'",
        "{'executable': 'a'} {}",
        "{'executable': 'a'} x",
        "{'executable': 'a', 'executable': 'b'}",
        "{'environment': {'A': '1', 'A': '2'}}",
        "{'executable': NaN}",
        "{executable: 1}",
        "{'executable': 'a'} // comment",
      })
  void whatIsNoJsonIsRefusedWithItsPosition(String document) {
    assertThat(refusal(() -> serializer.loads(document.replace('\'', '"'))))
        .hasMessageMatching("Not a JSON document at line 1, column \\d+: .+");
  }

  @Test
  void thePositionIsThatOfTheMistake() {
    assertThat(refusal(() -> serializer.loads("{\n  \"name\": \"a\",\n  \"launcher\" 5\n}")))
        .hasMessageContaining("line 3, column 14");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(refusal(() -> serializer.loads(deep))).hasMessageContaining("nesting depth");
    assertThat(refusal(() -> serializer.loads("{\"arguments\": " + deep + "}")))
        .hasMessageContaining("nesting depth");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'environment': 'hunter2'}",
        "{'environment': ['hunter2']}",
        "{'environment': [{'A': 'hunter2'}]}",
        "{'environment': {'A': ['hunter2']}}",
        "{'environment': {'A': {'B': 'hunter2'}}}",
        "{'environment': {'A=B': 'hunter2'}}",
        "{'environment': {'': 'hunter2'}}",
        "{'environment': {'A': 'hunter2\\u0000'}}",
        "{'environment': {'A': 'hunter2\\ud83d'}}",
        "{'environment': {'A': 'hunter2', 'A': 'hunter2'}}",
        "{'environment': {'A': 'hunter2' 'hunter2'}}",
        "{'environment': {'A': 'hunter2}}",
        "{'environment': {'A': hunter2}}",
        "{'environment': {'A': 'hunter2'}, 'unknown': 1}",
      })
  void environmentValuesAreNeverShown(String document) {
    Throwable refusal = refusal(() -> serializer.loads(document.replace('\'', '"')));
    for (Throwable e = refusal; e != null; e = e.getCause()) {
      assertThat(e.getMessage()).doesNotContain(SECRET);
    }
  }

  @Test
  void aNumberAsEnvironmentValueIsNotShown() {
    assertThat(refusal(() -> serializer.loads("{\"environment\": {\"A\": 314159}}")))
        .hasMessageContaining("environment.A")
        .hasMessageNotContaining("314159");
  }

  // --- null ---

  @Test
  void nullIsTheSameAsAbsent() {
    String document =
        """
        {"executable": null, "arguments": null, "directory": null, "name": null,
         "environment": null, "stdin_path": null, "stdout_path": null, "stderr_path": null,
         "resources": null, "attributes": null, "pre_launch": null, "post_launch": null,
         "launcher": null, "stage_in": null, "stage_out": null, "cleanup": null,
         "cleanup_flags": null}
        """;

    assertThat(serializer.loads(document)).isEqualTo(JobSpec.builder().build());
  }

  @Test
  void nullIsTheSameAsAbsentFurtherDown() {
    String document =
        """
        {"resources": {"node_count": null, "process_count": null, "processes_per_node": null,
                       "cpu_cores_per_process": null, "gpu_cores_per_process": null,
                       "memory": null, "__version": 1},
         "attributes": {"queue_name": null, "account": null, "reservation_id": null,
                        "custom_attributes": null, "project_name": null},
         "stage_in": [{"source": "a", "target": "b", "mode": null}],
         "stage_out": [{"source": "a", "target": "b", "mode": null, "flags": null}]}
        """;

    assertThat(serializer.loads(document))
        .isEqualTo(
            JobSpec.builder()
                .resources(ResourceSpecV1.builder().build())
                .stageIn(new StageIn(URI.create("a"), Path.of("b")))
                .stageOut(new StageOut(Path.of("a"), URI.create("b")))
                .build());
  }

  @Test
  void aCustomAttributeMayBeNull() {
    assertThat(
            serializer
                .loads("{\"attributes\": {\"custom_attributes\": {\"a\": null}}}")
                .getAttributes()
                .getCustomAttributes())
        .containsOnlyKeys("a")
        .containsValue(null);
  }

  @Test
  void noCleanupFlagsMeanNever() {
    assertThat(serializer.loads("{\"cleanup_flags\": []}").getCleanupFlags()).isEmpty();
  }

  // --- what is written ---

  @Test
  void whatIsNotGivenIsNotWritten() {
    assertThat(serializer.dumps(JobSpec.builder().build())).isEqualTo("{\"attributes\":{}}");
    assertThat(serializer.dumps(JobSpec.builder("/bin/date").name("/bin/date").build()))
        .isEqualTo("{\"executable\":\"/bin/date\",\"attributes\":{}}");
    assertThat(
            serializer.dumps(
                JobSpec.builder()
                    .inheritEnvironment(true)
                    .arguments()
                    .resources(ResourceSpecV1.builder().exclusiveNodeUse(false).build())
                    .attributes(JobAttributes.builder().duration(Duration.ofMinutes(10)).build())
                    .cleanupFlags(StageOutFlags.ALWAYS)
                    .build()))
        .isEqualTo("{\"resources\":{\"__version\":1},\"attributes\":{}}");
  }

  @Test
  void everythingIsWrittenInTheOrderOfPsijPython() {
    JobSpec spec =
        JobSpec.builder("/opt/run")
            .arguments("-n", "", "a \"b\"\n")
            .directory(Path.of("/scratch/u"))
            .name("sink")
            .inheritEnvironment(false)
            .environmentVariable("Z", "1")
            .environmentVariable("A", "")
            .stdinPath(Path.of("i"))
            .stdoutPath(Path.of("/o"))
            .stderrPath(Path.of("e"))
            .resources(
                ResourceSpecV1.builder()
                    .nodeCount(2)
                    .processCount(8)
                    .processesPerNode(4)
                    .cpuCoresPerProcess(3)
                    .gpuCoresPerProcess(0)
                    .exclusiveNodeUse(true)
                    .memory(1L << 34)
                    .build())
            .attributes(
                JobAttributes.builder()
                    .duration(Duration.ofHours(12))
                    .queueName("batch")
                    .account("acct")
                    .reservationId("r1")
                    .customAttribute("x.text", "0")
                    .customAttribute("x.long", 100)
                    .customAttribute("x.fraction", 0.5)
                    .customAttribute("x.flag", false)
                    .customAttribute("x.none", null)
                    .customAttribute("x.list", Arrays.asList("a", 1, true))
                    .build())
            .preLaunch(Path.of("/pre.sh"))
            .postLaunch(Path.of("/post.sh"))
            .launcher("srun")
            .stageIn(new StageIn(URI.create("file:///d/in"), Path.of("in"), StagingMode.LINK))
            .stageOut(
                new StageOut(
                    Path.of("out"),
                    URI.create("file:///d/out"),
                    StagingMode.MOVE,
                    Set.of(StageOutFlags.ON_ERROR, StageOutFlags.IF_PRESENT)))
            .cleanup(Path.of("in"), Path.of("tmp"))
            .cleanupFlags(StageOutFlags.ON_CANCEL, StageOutFlags.ON_SUCCESS)
            .build();

    assertThat(serializer.dumps(spec))
        .isEqualTo(
            """
            {"executable":"/opt/run","arguments":["-n","","a \\"b\\"\\n"],\
            "directory":"/scratch/u","name":"sink","inherit_environment":false,\
            "environment":{"Z":"1","A":""},"stdin_path":"i","stdout_path":"/o","stderr_path":"e",\
            "resources":{"node_count":2,"process_count":8,"processes_per_node":4,\
            "cpu_cores_per_process":3,"gpu_cores_per_process":0,"exclusive_node_use":true,\
            "memory":17179869184,"__version":1},\
            "attributes":{"duration":"12:00:00","queue_name":"batch","account":"acct",\
            "reservation_id":"r1","custom_attributes":{"x.text":"0","x.long":100,\
            "x.fraction":0.5,"x.flag":false,"x.none":null,"x.list":["a",1,true]}},\
            "pre_launch":"/pre.sh","post_launch":"/post.sh","launcher":"srun",\
            "stage_in":[{"source":"file:///d/in","target":"in","mode":"LINK"}],\
            "stage_out":[{"source":"out","target":"file:///d/out","mode":"MOVE",\
            "flags":["IF_PRESENT","ON_ERROR"]}],\
            "cleanup":["in","tmp"],"cleanup_flags":["ON_SUCCESS","ON_CANCEL"]}""");
    assertThat(serializer.loads(serializer.dumps(spec))).isEqualTo(spec);
  }

  @Test
  void onlyAsciiIsWritten() {
    JobSpec spec = JobSpec.builder("\u00e9").arguments("\u65e5", "\ud83d\ude00", "\u0080").build();

    assertThat(serializer.dumps(spec))
        .isEqualToIgnoringCase(
            "{\"executable\":\"\\u00e9\",\"arguments\":[\"\\u65e5\",\"\\ud83d\\ude00\",\"\\u0080\"],"
                + "\"attributes\":{}}");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 00:00:00",
    "PT45S, 00:00:45",
    "PT1H30M15S, 01:30:15",
    "P2DT3H, 51:00:00",
    "PT1H1M40.5S, 3700.5 s",
    "PT0.000001S, 0.000001 s",
  })
  void durationsAreWrittenAsAClockOrAsSecondsWithAFraction(Duration duration, String text) {
    JobSpec spec =
        JobSpec.builder().attributes(JobAttributes.builder().duration(duration).build()).build();

    assertThat(serializer.dumps(spec))
        .isEqualTo("{\"attributes\":{\"duration\":\"" + text + "\"}}");
  }

  @Test
  void readersAndWritersStayOpen() throws IOException {
    boolean[] flushed = new boolean[1];
    Writer target =
        new StringWriter() {
          @Override
          public void flush() {
            flushed[0] = true;
          }

          @Override
          public void close() throws IOException {
            throw new IOException("closed");
          }
        };
    serializer.dump(JobSpec.builder("a").build(), target);
    assertThat(flushed).containsExactly(true);

    Reader source = new StringReader(target.toString());
    assertThat(serializer.load(source)).isEqualTo(JobSpec.builder("a").build());
    assertThat(source.read()).isEqualTo(-1);
  }

  @Test
  void errorsOfReadersAndWritersAreNotMistakenForBadDocuments() {
    Reader source =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("oops");
          }

          @Override
          public void close() {}
        };
    Writer target =
        new Writer() {
          @Override
          public void write(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("oops");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    JobSpec spec = JobSpec.builder().arguments(List.of("a")).build();

    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> serializer.load(source));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> serializer.dump(spec, target));
  }
}
