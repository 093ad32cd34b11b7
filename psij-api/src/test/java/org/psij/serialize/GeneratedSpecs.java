package org.psij.serialize;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ListArbitrary;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;

/** Job specifications of every kind. */
final class GeneratedSpecs {
  private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding"));

  private GeneratedSpecs() {}

  static Arbitrary<JobSpec> any() {
    return Builders.withBuilder(JobSpec::builder)
        .use(text())
        .withProbability(0.9)
        .in(JobSpec.Builder::executable)
        .use(text().list().ofMaxSize(4))
        .in((spec, arguments) -> spec.arguments(arguments))
        .use(path())
        .withProbability(0.5)
        .in(JobSpec.Builder::directory)
        .use(nonEmptyText())
        .withProbability(0.5)
        .in(JobSpec.Builder::name)
        .use(Arbitraries.of(true, false))
        .in(JobSpec.Builder::inheritEnvironment)
        .use(environment())
        .in(JobSpec.Builder::environment)
        .use(path())
        .withProbability(0.5)
        .in(JobSpec.Builder::stdinPath)
        .use(path())
        .withProbability(0.5)
        .in(JobSpec.Builder::stdoutPath)
        .use(path())
        .withProbability(0.5)
        .in(JobSpec.Builder::stderrPath)
        .use(resources())
        .withProbability(0.7)
        .in(JobSpec.Builder::resources)
        .use(attributes())
        .withProbability(0.8)
        .in(JobSpec.Builder::attributes)
        .use(path())
        .withProbability(0.3)
        .in(JobSpec.Builder::preLaunch)
        .use(path())
        .withProbability(0.3)
        .in(JobSpec.Builder::postLaunch)
        .use(nonEmptyText())
        .withProbability(0.3)
        .in(JobSpec.Builder::launcher)
        .use(stageIn().list().ofMaxSize(3))
        .in((spec, files) -> spec.stageIn(files))
        .use(stageOut().list().ofMaxSize(3))
        .in((spec, files) -> spec.stageOut(files))
        .use(jobPath().list().ofMaxSize(3))
        .in((spec, paths) -> spec.cleanup(paths))
        .use(flags())
        .withProbability(0.5)
        .in((spec, flags) -> spec.cleanupFlags(flags))
        .build(JobSpec.Builder::build);
  }

  private static Arbitrary<String> text() {
    return join(characters().list().ofMaxSize(8));
  }

  private static Arbitrary<String> nonEmptyText() {
    return join(characters().list().ofMinSize(1).ofMaxSize(8));
  }

  private static Arbitrary<String> join(ListArbitrary<Integer> characters) {
    return characters.map(
        list -> list.stream().map(Character::toString).collect(Collectors.joining()));
  }

  /** Every code point that can be part of a string, but NUL. */
  private static Arbitrary<Integer> characters() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.integers().between(' ', '~')),
        Tuple.of(1, Arbitraries.integers().between(1, ' ')),
        Tuple.of(2, Arbitraries.integers().between(0x7f, 0xd7ff)),
        Tuple.of(1, Arbitraries.integers().between(0xe000, 0xffff)),
        Tuple.of(2, Arbitraries.integers().between(0x10000, Character.MAX_CODE_POINT)));
  }

  private static Arbitrary<String> fileName() {
    return nonEmptyText()
        .map(text -> text.replace('/', '_'))
        .filter(text -> !Set.of(".", "..").contains(text))
        .filter(text -> FILE_NAMES.newEncoder().canEncode(text));
  }

  /** A path that stays where it starts. */
  private static Arbitrary<Path> jobPath() {
    return fileName()
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(names -> Path.of(String.join("/", names)));
  }

  private static Arbitrary<Path> path() {
    return Combinators.combine(Arbitraries.of("", "/", "../", "./a/../"), jobPath())
        .as((start, path) -> Path.of(start + path));
  }

  private static Arbitrary<Map<String, String>> environment() {
    Arbitrary<String> names = nonEmptyText().map(name -> name.replace('=', '_'));
    return Arbitraries.maps(names, text()).ofMaxSize(4);
  }

  private static Arbitrary<ResourceSpecV1> resources() {
    Arbitrary<Integer> counts = Arbitraries.integers().between(1, 40_000);
    return Combinators.combine(
            counts,
            counts,
            Arbitraries.integers().between(0, 7),
            counts.injectNull(0.5),
            Arbitraries.integers().greaterOrEqual(0).injectNull(0.5),
            Arbitraries.of(true, false),
            Arbitraries.longs().greaterOrEqual(1).injectNull(0.5))
        .as(
            (nodes, perNode, given, cores, gpus, exclusive, memory) ->
                ResourceSpecV1.builder()
                    .nodeCount((given & 1) == 0 ? null : nodes)
                    .processesPerNode((given & 2) == 0 ? null : perNode)
                    .processCount((given & 4) == 0 ? null : nodes * perNode)
                    .cpuCoresPerProcess(cores)
                    .gpuCoresPerProcess(gpus)
                    .exclusiveNodeUse(exclusive)
                    .memory(memory)
                    .build());
  }

  private static Arbitrary<JobAttributes> attributes() {
    return Builders.withBuilder(JobAttributes::builder)
        .use(durations())
        .withProbability(0.8)
        .in(JobAttributes.Builder::duration)
        .use(nonEmptyText())
        .withProbability(0.5)
        .in(JobAttributes.Builder::queueName)
        .use(nonEmptyText())
        .withProbability(0.5)
        .in(JobAttributes.Builder::account)
        .use(nonEmptyText())
        .withProbability(0.5)
        .in(JobAttributes.Builder::reservationId)
        .use(customAttributes())
        .in(JobAttributes.Builder::customAttributes)
        .build(JobAttributes.Builder::build);
  }

  private static Arbitrary<Duration> durations() {
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(0, 999_999_999))))
        .as(Duration::ofSeconds);
  }

  private static Arbitrary<Map<String, Object>> customAttributes() {
    Arbitrary<String> names =
        nonEmptyText()
            .filter(name -> !name.isBlank() && name.chars().noneMatch(Character::isISOControl));
    Arbitrary<Object> values =
        Arbitraries.oneOf(customValues(), customValues().list().ofMaxSize(3).map(value -> value));
    return Arbitraries.maps(names, values.injectNull(0.1)).ofMaxSize(4);
  }

  private static Arbitrary<Object> customValues() {
    return Arbitraries.oneOf(
        text().map(value -> value),
        Arbitraries.of(true, false).map(value -> value),
        Arbitraries.integers().map(value -> value),
        Arbitraries.longs().map(value -> value),
        Arbitraries.bigIntegers()
            .between(BigInteger.TWO.pow(80).negate(), BigInteger.TWO.pow(80))
            .map(value -> value),
        Arbitraries.longs()
            .map(Double::longBitsToDouble)
            .filter(Double::isFinite)
            .map(value -> value),
        Arbitraries.of(0.0, -0.0, 1.5, 1e22, Double.MIN_VALUE, Double.MAX_VALUE)
            .map(value -> value));
  }

  private static Arbitrary<StageIn> stageIn() {
    return Arbitraries.oneOf(
        Combinators.combine(path(), jobPath(), Arbitraries.of(StagingMode.class))
            .as((source, target, mode) -> new StageIn(source, target, mode)),
        Combinators.combine(uris(), jobPath()).as((source, target) -> new StageIn(source, target)));
  }

  private static Arbitrary<StageOut> stageOut() {
    return Arbitraries.oneOf(
        Combinators.combine(jobPath(), path(), Arbitraries.of(StagingMode.class), flags())
            .as((source, target, mode, flags) -> new StageOut(source, target, mode, flags)),
        Combinators.combine(jobPath(), uris())
            .as((source, target) -> new StageOut(source, target)));
  }

  private static Arbitrary<URI> uris() {
    return Arbitraries.of(
            "file:///data/in%20put.txt",
            "file://localhost/x",
            "https://user@example.com:8443/p/d.txt?q=1#f",
            "relative/%C3%A9",
            "/abs/\u65e5\u672c")
        .map(URI::create);
  }

  private static Arbitrary<Set<StageOutFlags>> flags() {
    return Arbitraries.of(StageOutFlags.class).set().ofMaxSize(4);
  }
}
