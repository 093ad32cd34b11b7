package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.psij.Refusals.assertRefused;
import static org.psij.Refusals.refusal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSpecTest {
  private static final String SECRET = "hunter2";
  private static final StageIn IN = new StageIn(URI.create("file:///d/in"), Path.of("in"));
  private static final StageOut OUT = new StageOut(Path.of("out"), URI.create("file:///d/out"));

  private static JobSpec.Builder everything() {
    return JobSpec.builder("/bin/echo")
        .arguments("-n", "hello")
        .directory(Path.of("/scratch"))
        .name("greeting")
        .inheritEnvironment(false)
        .environment(Map.of("TOKEN", SECRET))
        .stdinPath(Path.of("i"))
        .stdoutPath(Path.of("o"))
        .stderrPath(Path.of("e"))
        .resources(ResourceSpecV1.builder().nodeCount(2).build())
        .attributes(JobAttributes.builder().duration(Duration.ofHours(1)).build())
        .preLaunch(Path.of("pre"))
        .postLaunch(Path.of("post"))
        .launcher("mpirun")
        .stageIn(IN)
        .stageOut(OUT)
        .cleanup(Path.of("in"))
        .cleanupFlags(StageOutFlags.ON_SUCCESS);
  }

  static List<UnaryOperator<JobSpec.Builder>> changes() {
    return List.of(
        b -> b.executable("/bin/cat"),
        b -> b.arguments("-n"),
        b -> b.directory(null),
        b -> b.name(null),
        b -> b.inheritEnvironment(true),
        b -> b.environment(Map.of()),
        b -> b.stdinPath(null),
        b -> b.stdoutPath(null),
        b -> b.stderrPath(null),
        b -> b.resources(null),
        b -> b.attributes(null),
        b -> b.preLaunch(null),
        b -> b.postLaunch(null),
        b -> b.launcher(null),
        b -> b.stageIn(),
        b -> b.stageOut(),
        b -> b.cleanup(),
        b -> b.cleanupFlags());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyValueCountsForEquality(UnaryOperator<JobSpec.Builder> change) {
    assertThat(change.apply(everything()).build()).isNotEqualTo(everything().build());
  }

  @Test
  void toBuilderCopiesEverything() {
    JobSpec spec = everything().build();

    assertThat(spec.toBuilder().build()).isEqualTo(spec).hasSameHashCodeAs(spec);
  }

  @Test
  void theCopyOfABuilderLeavesTheOriginalAlone() {
    JobSpec spec = everything().build();
    spec.toBuilder().environmentVariable("A", "b").arguments("x").build();

    assertThat(spec).isEqualTo(everything().build());
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    JobSpec spec = JobSpec.builder().build();

    assertThat(spec.getExecutable()).isNull();
    assertThat(spec.getName()).isNull();
    assertThat(spec.getArguments()).isEmpty();
    assertThat(spec.isInheritEnvironment()).isTrue();
    assertThat(spec.getEnvironment()).isEmpty();
    assertThat(spec.getResources()).isNull();
    assertThat(spec.getAttributes().getDuration()).isEqualTo(Duration.ofMinutes(10));
    assertThat(spec.getCleanupFlags()).isEqualTo(StageOutFlags.ALWAYS);
  }

  @Test
  void everyGivenValueIsReturned() {
    JobSpec spec = everything().build();

    assertThat(spec.getExecutable()).isEqualTo("/bin/echo");
    assertThat(spec.getArguments()).containsExactly("-n", "hello");
    assertThat(spec.getDirectory()).isEqualTo(Path.of("/scratch"));
    assertThat(spec.getName()).isEqualTo("greeting");
    assertThat(spec.isInheritEnvironment()).isFalse();
    assertThat(spec.getEnvironment()).isEqualTo(Map.of("TOKEN", SECRET));
    assertThat(spec.getStdinPath()).isEqualTo(Path.of("i"));
    assertThat(spec.getStdoutPath()).isEqualTo(Path.of("o"));
    assertThat(spec.getStderrPath()).isEqualTo(Path.of("e"));
    assertThat(spec.getResources()).isEqualTo(ResourceSpecV1.builder().nodeCount(2).build());
    assertThat(spec.getAttributes().getDuration()).isEqualTo(Duration.ofHours(1));
    assertThat(spec.getPreLaunch()).isEqualTo(Path.of("pre"));
    assertThat(spec.getPostLaunch()).isEqualTo(Path.of("post"));
    assertThat(spec.getLauncher()).isEqualTo("mpirun");
    assertThat(spec.getStageIn()).containsExactly(IN);
    assertThat(spec.getStageOut()).containsExactly(OUT);
    assertThat(spec.getCleanup()).containsExactly(Path.of("in"));
    assertThat(spec.getCleanupFlags()).containsExactly(StageOutFlags.ON_SUCCESS);
  }

  @Test
  void aNameEqualToTheExecutableIsTheSameAsNone() {
    JobSpec unnamed = JobSpec.builder("/bin/date").build();
    JobSpec named = JobSpec.builder("/bin/date").name("/bin/date").build();

    assertThat(named).isEqualTo(unnamed).hasSameHashCodeAs(unnamed);
    assertThat(named.isNamed()).isFalse();
    assertThat(named.getName()).isEqualTo("/bin/date");
    assertThat(named.toBuilder().executable("/bin/cat").build().getName()).isEqualTo("/bin/cat");
  }

  @Test
  void changingTheSourceCollectionsChangesNothing() {
    List<String> arguments = new ArrayList<>(List.of("a"));
    Map<String, String> environment = new LinkedHashMap<>(Map.of("A", "1"));
    Set<StageIn> stageIn = new HashSet<>(Set.of(IN));
    Set<StageOut> stageOut = new HashSet<>(Set.of(OUT));
    Set<Path> cleanup = new HashSet<>(Set.of(Path.of("in")));
    Set<StageOutFlags> flags = EnumSet.of(StageOutFlags.ON_ERROR);
    JobSpec.Builder builder =
        JobSpec.builder()
            .arguments(arguments)
            .environment(environment)
            .stageIn(stageIn)
            .stageOut(stageOut)
            .cleanup(cleanup)
            .cleanupFlags(flags);
    JobSpec before = builder.build();

    arguments.clear();
    environment.clear();
    stageIn.clear();
    stageOut.clear();
    cleanup.clear();
    flags.clear();
    assertThat(builder.build()).isEqualTo(before);

    builder.environmentVariable("B", "2");
    assertThat(before.getEnvironment()).containsOnlyKeys("A");
  }

  @Test
  void collectionsCannotBeModified() {
    JobSpec spec = everything().build();

    assertUnmodifiable(spec.getArguments()::clear);
    assertUnmodifiable(spec.getEnvironment()::clear);
    assertUnmodifiable(spec.getStageIn()::clear);
    assertUnmodifiable(spec.getStageOut()::clear);
    assertUnmodifiable(spec.getCleanup()::clear);
    assertUnmodifiable(spec.getCleanupFlags()::clear);
  }

  private static void assertUnmodifiable(Runnable change) {
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
  }

  @Test
  void collectionsKeepTheirOrder() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : List.of("z", "a", "m")) {
      environment.put(name, "");
    }
    List<Path> cleanup = List.of(Path.of("z"), Path.of("a"), Path.of("m"));
    JobSpec spec = JobSpec.builder().environment(environment).cleanup(cleanup).build();

    assertThat(spec.getEnvironment().keySet()).containsExactly("z", "a", "m");
    assertThat(spec.getCleanup()).containsExactlyElementsOf(cleanup);
  }

  @Test
  void toStringShowsNamesOfVariablesAndNeverValues() {
    assertThat(everything().build().toString()).contains("TOKEN").doesNotContain(SECRET);
  }

  @Test
  void textThatCannotReachAProcessIsRefused() {
    assertTextChecked("executable", text -> JobSpec.builder(text));
    assertTextChecked("name", text -> JobSpec.builder().name(text));
    assertTextChecked("launcher", text -> JobSpec.builder().launcher(text));
    assertTextChecked("environment.A", text -> JobSpec.builder().environmentVariable("A", text));
  }

  private static void assertTextChecked(String field, Function<String, JobSpec.Builder> with) {
    for (String bad : List.of("a\0b", "a\ud83d", "\ude00b", "\ude00\ud83d", "\ud83d\ud83d\ude00")) {
      assertRefused(field, () -> with.apply(bad).build());
    }
    assertThat(with.apply("\ud83d\ude00 \u00e9\n").build()).isNotNull();
  }

  @Test
  void unpairedSurrogatesInArgumentsAreRefusedByIndex() {
    assertRefused("arguments[1]", () -> JobSpec.builder().arguments("a", "\ud83d").build());
  }

  @Test
  void aNulInAnArgumentIsLeftToSubmit() {
    assertThat(JobSpec.builder().arguments("a\0b").build().getArguments()).containsExactly("a\0b");
  }

  @Test
  void emptyNamesAreRefused() {
    assertRefused("name", () -> JobSpec.builder("/bin/date").name("").build());
    assertRefused("launcher", () -> JobSpec.builder().launcher("").build());
  }

  @Test
  void environmentNamesThatNoProcessCanHaveAreRefused() {
    assertRefused("environment", () -> variable("", SECRET));
    assertRefused("environment.A=B", () -> variable("A=B", SECRET));
    assertRefused("environment.=", () -> variable("=", SECRET));
    assertRefused("environment.A\\0B", () -> variable("A\0B", SECRET));
    assertRefused("environment.\ud83d", () -> variable("\ud83d", SECRET));
  }

  private static JobSpec variable(String name, String value) {
    return JobSpec.builder().environmentVariable(name, value).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A=B", "A\0B", "\ud83d"})
  void refusalsOfEnvironmentNamesDoNotShowTheValue(String name) {
    assertThat(refusal(() -> variable(name, SECRET)).getMessage()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET + "\0", SECRET + "\ud83d"})
  void refusalsOfEnvironmentValuesDoNotShowThem(String value) {
    assertThat(refusal(() -> variable("TOKEN", value)))
        .hasMessageContaining("environment.TOKEN")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "a/..",
        "a/../..",
        "a/../../b",
        "/",
        "/scratch",
        "/scratchy/x"
      })
  void cleanupThatEscapesIsRefused(String path) {
    assertRefused(
        "cleanup",
        () -> JobSpec.builder().directory(Path.of("/scratch")).cleanup(Path.of(path)).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a/../b", "./x", "..x", "/scratch/x", "/scratch/a/../b"})
  void cleanupInsideTheWorkingDirectoryIsTaken(String path) {
    JobSpec spec = JobSpec.builder().directory(Path.of("/scratch")).cleanup(Path.of(path)).build();

    assertThat(spec.getCleanup()).containsExactly(Path.of(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/scratch/../x", "/scratch/a/../..", "/scratch/../scratchy"})
  void absoluteCleanupIsComparedWithoutDots(String path) {
    assertRefused(
        "cleanup",
        () -> JobSpec.builder().directory(Path.of("/scratch/")).cleanup(Path.of(path)).build());
  }

  @Test
  void absoluteCleanupNeedsAnAbsoluteWorkingDirectory() {
    assertRefused("cleanup", () -> JobSpec.builder().cleanup(Path.of("/tmp/x")).build());
    assertRefused(
        "cleanup",
        () -> JobSpec.builder().directory(Path.of("tmp")).cleanup(Path.of("/tmp/x")).build());
  }

  @Test
  void noCleanupFlagsMeanNever() {
    assertThat(JobSpec.builder().cleanupFlags(Set.of()).build().getCleanupFlags()).isEmpty();
  }
}
