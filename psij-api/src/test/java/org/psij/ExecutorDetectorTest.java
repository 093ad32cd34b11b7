package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.spi.Detection;
import org.psij.spi.ExecutorDescriptor;
import org.psij.spi.Fit;
import org.psij.spi.Surroundings;

final class ExecutorDetectorTest {
  private final PluginRegistry<ExecutorDescriptor> registry =
      new PluginRegistry<>(
          "executor",
          ExecutorDescriptor.class,
          JobExecutor.class,
          ExecutorContext.class,
          new PluginPath(null));
  private final Map<String, String> environment = new HashMap<>();
  private final JobExecutorConfig config = JobExecutorConfig.builder().build();

  @TempDir Path folder;

  private void register(
      String name, Function<Surroundings, @Nullable Detection> detection, String... aliases) {
    registry.register(
        new Detecting(name, detection, Set.of(aliases)),
        PluginSource.placeOf(RecordingExecutor.class));
  }

  private void register(String name, Fit fit) {
    register(name, here -> Detection.of(fit, "reason of " + name));
  }

  private ExecutorChoice choose() {
    Host here = new Host(environment::get, config);
    return new ExecutorDetector(registry, here, Duration.ofSeconds(1)).choose();
  }

  @Test
  void theBestFitIsChosenAndTheOthersAreNamed() {
    register("machine", Fit.FALLBACK);
    register("away", Fit.SILENT);
    register("stand-in", Fit.COMPATIBLE);
    register("here", Fit.ANSWERS);
    register("elsewhere", Fit.NONE);

    ExecutorChoice choice = choose();

    assertThat(choice).hasToString("here: reason of here; also here: stand-in, away");
    assertThat(choice.getDetections().keySet())
        .containsExactly("here", "stand-in", "away", "machine", "elsewhere");
  }

  @Test
  void anAllocationGoesBeforeWhatAnswers() {
    register("here", Fit.ANSWERS);
    register("around", Fit.ALLOCATION);

    assertThat(choose().getName()).isEqualTo("around");
  }

  @Test
  void ofEqualsTheFirstFoundIsChosen() {
    register("second-by-name", Fit.ANSWERS);
    register("first-by-name", Fit.ANSWERS);

    assertThat(choose().getName()).isEqualTo("second-by-name");
  }

  @Test
  void withoutSchedulersTheReasonSaysSo() {
    register("machine", Fit.FALLBACK);

    assertThat(choose())
        .hasToString("machine: no scheduler's commands are in PATH: reason of machine");
  }

  @Test
  void withoutAnySchedulerThatWorksTheReasonTellsWhy() {
    register("machine", Fit.FALLBACK);
    register("broken", Fit.NONE);

    assertThat(choose().getReason())
        .isEqualTo("no scheduler can be used (broken: reason of broken): reason of machine");
  }

  @Test
  void theVariableNamesTheExecutorAndNobodyIsAsked() {
    register(
        "Given",
        here -> {
          throw new AssertionError("asked");
        },
        "other");
    environment.put("PSIJ_EXECUTOR", " OTHER ");

    assertThat(choose()).hasToString("Given: PSIJ_EXECUTOR is 'OTHER'");
    assertThat(choose().getDetections()).isEmpty();
  }

  @Test
  void anUnknownNameInTheVariableIsRefused() {
    environment.put("PSIJ_EXECUTOR", "no-such-executor");

    assertThatIllegalArgumentException()
        .isThrownBy(this::choose)
        .withMessageStartingWith("PSIJ_EXECUTOR: Unknown executor 'no-such-executor'");
  }

  @Test
  void aVariableThatIsBlankOrAutoIsNone() {
    register("machine", Fit.FALLBACK);
    for (String none : new String[] {"", " ", "AUTO"}) {
      environment.put("PSIJ_EXECUTOR", none);
      assertThat(choose().getName()).isEqualTo("machine");
    }
  }

  @Test
  void anExecutorThatFailsOrHangsHurtsNoOther() {
    register("machine", Fit.FALLBACK);
    register(
        "failing",
        here -> {
          throw new NoClassDefFoundError("demo");
        });
    register("hanging", here -> sleep());

    assertThat(choose().getReason())
        .contains("failing: it could not find out: java.lang.NoClassDefFoundError: demo")
        .contains("hanging: it did not tell within 1 s");
  }

  private static @Nullable Detection sleep() {
    try {
      TimeUnit.HOURS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  @Test
  void ifNothingFitsThatIsSaid() {
    register("broken", Fit.NONE);

    assertThatIllegalArgumentException()
        .isThrownBy(this::choose)
        .withMessageContaining("broken: reason of broken")
        .withMessageContaining("there are [broken, recording]");
  }

  @Test
  void aCommandIsAFileInPathThatMayBeExecuted() throws Exception {
    Path first = Files.createDirectories(folder.resolve("first"));
    Path second = Files.createDirectories(folder.resolve("second"));
    Files.createDirectory(first.resolve("folder"));
    Files.createFile(first.resolve("command"));
    Files.setPosixFilePermissions(
        Files.createFile(second.resolve("command")), PosixFilePermissions.fromString("rwx------"));
    Host here = new Host(environment::get, config);

    assertThat(here.findCommand("command")).isNull();
    environment.put("PATH", ":" + first + ":/no/such\0folder:" + second);
    assertThat(here.findCommand("command")).isEqualTo(second.resolve("command"));
    assertThat(here.findCommand("folder")).isNull();
  }

  /** An executor that fits as a test says. */
  private record Detecting(
      String name, Function<Surroundings, @Nullable Detection> detection, Set<String> aliases)
      implements ExecutorDescriptor {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public String getVersion() {
      return "1";
    }

    @Override
    public String getClassName() {
      return RecordingExecutor.class.getName();
    }

    @Override
    public Set<String> getAliases() {
      return aliases;
    }

    @Override
    public @Nullable Detection detect(Surroundings here) {
      return detection.apply(here);
    }
  }
}
