package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.example.Origin;
import org.psij.spi.ExecutorDescriptor;
import org.psij.spi.LauncherDescriptor;
import org.psij.spi.PluginInfo;

class PluginRegistryTest {
  private final PluginRegistry<ExecutorDescriptor> registry = registry(null);
  private final ClassLoader ownLoader = Thread.currentThread().getContextClassLoader();

  @TempDir private Path folder;

  @AfterEach
  void restoreContextLoader() {
    Thread.currentThread().setContextClassLoader(ownLoader);
  }

  private static PluginRegistry<ExecutorDescriptor> registry(String pluginPath) {
    return new PluginRegistry<>(
        "executor",
        ExecutorDescriptor.class,
        JobExecutor.class,
        ExecutorContext.class,
        new PluginPath(pluginPath));
  }

  private Path classes() {
    return PluginSource.placeOf(RecordingExecutor.class);
  }

  private static ExecutorDescriptor recording(String name, String version, String... aliases) {
    return new ExecutorDescriptor() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public String getVersion() {
        return version;
      }

      @Override
      public String getClassName() {
        return RecordingExecutor.class.getName();
      }

      @Override
      public Set<String> getAliases() {
        return Set.of(aliases);
      }
    };
  }

  private String version(String name, String constraint) {
    return registry.find(name, constraint).descriptor().getVersion();
  }

  private static JobExecutor create(Plugin<ExecutorDescriptor> plugin) {
    ExecutorContext context =
        new ExecutorContext(plugin.descriptor(), null, JobExecutorConfig.builder().build());
    return plugin.create(JobExecutor.class, ExecutorContext.class, context);
  }

  private static List<String> listOf(Plugin<ExecutorDescriptor> plugin) {
    try (JobExecutor executor = create(plugin)) {
      return executor.list();
    }
  }

  private void useContextLoader(Path... places) throws IOException {
    URL[] urls = new URL[places.length];
    for (int i = 0; i < places.length; i++) {
      urls[i] = places[i].toUri().toURL();
    }
    Thread.currentThread().setContextClassLoader(new URLClassLoader(urls, ownLoader));
  }

  @Test
  void theHighestVersionWins() {
    registry.register(recording("x", "1.9"), classes());
    registry.register(recording("x", "1.10"), classes());
    registry.register(recording("x", "1.10-alpha-1"), classes());

    assertThat(version("x", null)).isEqualTo("1.10");
    assertThat(version("x", "< 1.10")).isEqualTo("1.10-alpha-1");
    assertThat(version("x", "(< 1.10, != 1.10-alpha-1)")).isEqualTo("1.9");
  }

  @Test
  void aVersionThatIsNotThereIsRefusedWithThoseThatAre() {
    registry.register(recording("x", "1.9"), classes());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.find("x", "> 2"))
        .withMessageContaining("> 2")
        .withMessageContaining("1.9");
  }

  @Test
  void namesAndAliasesHaveNoCase() {
    registry.register(recording("MixedCase", "1", "Alias"), classes());

    assertThat(registry.find("mixedcase", null)).isSameAs(registry.find("MIXEDCASE", null));
    assertThat(registry.find("aLIAS", null)).isSameAs(registry.find("MixedCase", null));
    assertThat(registry.has("ALIAS")).isTrue();
    assertThat(registry.names()).contains("MixedCase").doesNotContain("Alias");
  }

  @Test
  void aNameGoesBeforeAnAliasOfAnother() {
    registry.register(recording("other", "9", "x"), classes());
    registry.register(recording("x", "1"), classes());

    assertThat(version("x", null)).isEqualTo("1");
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatAreKnown() {
    registry.register(recording("x", "1"), classes());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.find("no-such-executor", null))
        .withMessageContaining("no-such-executor")
        .withMessageContaining("recording, x");
    assertThat(registry.has("no-such-executor")).isFalse();
  }

  @Test
  void executorsAndLaunchersOfTheClassPathAreFound() {
    assertThat(JobExecutor.getExecutorNames()).contains("recording");
    assertThat(JobExecutor.getExecutorInfos())
        .extracting(PluginInfo::getName, PluginInfo::getProblem)
        .contains(tuple("recording", null));
    assertThat(Launcher.getLauncherNames()).containsExactly("single");
    assertThat(Launcher.getLauncherInfos()).hasSize(1);
    Launcher single = Launcher.getInstance("Single");
    assertThat(single.getName()).isEqualTo("single");
    assertThat(single.getVersion()).isEqualTo("1.0");
    assertThat(single.isDirect()).isTrue();
    assertThat(single.explainFailure(1, "")).isNull();
    assertThat(single.getLaunchCommand(new Job(JobSpec.builder("a").arguments("b").build())))
        .containsExactly("a", "b");
  }

  @Test
  void aClassThatCannotBeLoadedFailsOnlyWhenAskedFor() throws IOException {
    Path root =
        new PluginSource()
            .source("demo.NotThere", "package demo; public class NotThere {}")
            .source(
                "demo.Broken",
                """
                package demo;
                public class Broken extends NotThere {}
                """)
            .folder(folder.resolve("root"));
    Files.delete(root.resolve("demo/NotThere.class"));
    registry.register(ExecutorDescriptor.of("broken", "1", "demo.Broken"), root);

    assertThat(registry.names()).contains("broken", "recording");
    assertThat(registry.infos())
        .filteredOn(info -> "broken".equals(info.getName()))
        .singleElement()
        .extracting(PluginInfo::getProblem)
        .asString()
        .contains("NotThere");
    Plugin<ExecutorDescriptor> plugin = registry.find("broken", null);
    assertThatExceptionOfType(PsijException.class)
        .isThrownBy(() -> create(plugin))
        .withMessageContaining("broken")
        .withMessageContaining(root.toString())
        .withCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void aClassThatIsNoExecutorFailsOnlyWhenAskedFor() {
    registry.register(ExecutorDescriptor.of("job", "1", Job.class.getName()), mainClasses());

    Plugin<ExecutorDescriptor> plugin = registry.find("job", null);
    assertThatExceptionOfType(PsijException.class)
        .isThrownBy(() -> create(plugin))
        .withCauseInstanceOf(NoSuchMethodException.class);
  }

  private static Path mainClasses() {
    return PluginSource.placeOf(Job.class);
  }

  @Test
  void whatTheConstructorThrowsIsTheCause() throws IOException {
    Path root =
        new PluginSource()
            .source(
                "demo.Failing",
                """
                package demo;
                public class Failing {
                  public Failing(org.psij.ExecutorContext context) {
                    throw new IllegalStateException("oops");
                  }
                }
                """)
            .folder(folder.resolve("root"));
    registry.register(ExecutorDescriptor.of("failing", "1", "demo.Failing"), root);

    Plugin<ExecutorDescriptor> plugin = registry.find("failing", null);
    assertThatExceptionOfType(PsijException.class)
        .isThrownBy(() -> create(plugin))
        .withCauseInstanceOf(IllegalStateException.class)
        .withMessageContaining("oops");
  }

  @Test
  void aDescriptorThatIsNotThereHurtsNobodyInItsFile() throws IOException {
    Path plugin =
        PluginSource.complete("demo", "whole", "1")
            .service("demo.NoSuchDescriptor")
            .folder(folder.resolve("plugin"));
    useContextLoader(plugin);

    assertThat(registry.names()).contains("whole", "recording");
    assertThat(registry.infos())
        .extracting(PluginInfo::getProblem)
        .anySatisfy(problem -> assertThat(problem).contains("demo.NoSuchDescriptor"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.find("no-such-executor", null))
        .withMessageContaining("demo.NoSuchDescriptor");
  }

  @Test
  void aDescriptorThatThrowsHurtsNobodyInItsFile() throws IOException {
    Path plugin =
        new PluginSource()
            .service("demo.Throwing")
            .service("demo.DemoDescriptor")
            .executor("demo", "\"x\"")
            .descriptor("demo", "whole", "1")
            .source(
                "demo.Throwing",
                """
                package demo;
                public class Throwing implements org.psij.spi.ExecutorDescriptor {
                  public Throwing() {
                    throw new IllegalStateException("oops");
                  }
                  public String getName() { return "throwing"; }
                  public String getVersion() { return "1"; }
                  public String getClassName() { return "demo.DemoExecutor"; }
                }
                """)
            .folder(folder.resolve("plugin"));
    useContextLoader(plugin);

    assertThat(registry.names()).contains("whole", "recording").doesNotContain("throwing");
    assertThat(registry.infos())
        .extracting(PluginInfo::getProblem)
        .anySatisfy(problem -> assertThat(problem).contains("demo.Throwing").contains("oops"));
  }

  @Test
  void aServicesFileThatCannotBeReadHurtsNoOtherFile() throws IOException {
    Path garbage =
        new PluginSource().service("this is no class name").folder(folder.resolve("garbage"));
    Path plugin = PluginSource.complete("demo", "whole", "1").folder(folder.resolve("plugin"));
    useContextLoader(garbage, plugin);

    assertThat(registry.names()).contains("whole", "recording");
    assertThat(registry.infos())
        .extracting(PluginInfo::getProblem)
        .anySatisfy(problem -> assertThat(problem).contains(garbage.toString()));
  }

  @Test
  void theSameVersionFromTwoPlacesIsReportedWithBoth() throws IOException {
    Path first = PluginSource.complete("one", "twin", "1.0").jar(folder.resolve("first.jar"));
    Path second = PluginSource.complete("two", "twin", "1.0").jar(folder.resolve("second.jar"));
    useContextLoader(first, second);

    assertThatExceptionOfType(PsijException.class)
        .isThrownBy(() -> registry.find("twin", null))
        .withMessageContaining(first.toString())
        .withMessageContaining(second.toString());
    assertThat(registry.infos())
        .filteredOn(info -> "twin".equals(info.getName()))
        .hasSize(2)
        .allSatisfy(
            info ->
                assertThat(info.getProblem())
                    .contains(first.toString())
                    .contains(second.toString()));
  }

  @Test
  void aPluginSeenThroughTwoLoadersIsOne() throws IOException {
    useContextLoader();
    registry.names();
    useContextLoader();

    assertThatIllegalArgumentException().isThrownBy(() -> registry.find("no-such-executor", null));
    assertThat(registry.infos()).filteredOn(info -> "recording".equals(info.getName())).hasSize(1);
  }

  @Test
  void anUnknownNameMakesTheRegistryLookOnceMore() throws IOException {
    assertThat(registry.names()).doesNotContain("late");
    useContextLoader(PluginSource.complete("demo", "late", "1").folder(folder.resolve("plugin")));

    assertThat(listOf(registry.find("late", null))).containsExactly("1");
  }

  @Test
  void registeringAClassThatIsElsewhereSaysSo() throws IOException {
    Path root = new PluginSource().executor("demo", "\"x\"").folder(folder.resolve("root"));
    ExecutorDescriptor elsewhere = recording("elsewhere", "1");
    ExecutorDescriptor nowhere = ExecutorDescriptor.of("nowhere", "1", "demo.NoSuchClass");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobExecutor.registerExecutor(elsewhere, root))
        .withMessageContaining(RecordingExecutor.class.getName() + " is not below " + root)
        .withMessageContaining("it is at")
        .withMessageContaining(classes().toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobExecutor.registerExecutor(nowhere, root))
        .withMessageContaining("demo.NoSuchClass is not below " + root)
        .withMessageNotContaining("it is at");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobExecutor.registerExecutor(nowhere, folder.resolve("missing")))
        .withMessageContaining("missing");
    LauncherDescriptor launcher = LauncherDescriptor.of("nowhere", "1", "demo.NoSuchClass");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Launcher.registerLauncher(launcher, root))
        .withMessageContaining("launcher 'nowhere'");
    assertThat(JobExecutor.getExecutorNames()).doesNotContain("elsewhere", "nowhere");
  }

  @Test
  void aRegisteredExecutorIsLoadedFromItsJar() throws IOException {
    Path jar = new PluginSource().executor("demo", "\"from the jar\"").jar(folder.resolve("x.jar"));
    JobExecutor.registerExecutor(ExecutorDescriptor.of("jarred", "1", "demo.DemoExecutor"), jar);

    try (JobExecutor executor = JobExecutor.getInstance("jarred")) {
      assertThat(executor.list()).containsExactly("from the jar");
      assertThat(executor.getName()).isEqualTo("jarred");
    }
  }

  @Test
  void aPluginSeesItsOwnClassesBeforeThoseOfTheClassPath() throws IOException {
    String name = Origin.class.getName();
    PluginSource source = new PluginSource().executor("demo", name + ".name()");
    Path without = source.folder(folder.resolve("without"));
    Path with =
        source
            .source(
                name,
                """
                package org.psij.example;
                public class Origin {
                  public static String name() {
                    return "root";
                  }
                }
                """)
            .folder(folder.resolve("with"));
    registry.register(ExecutorDescriptor.of("without", "1", "demo.DemoExecutor"), without);
    registry.register(ExecutorDescriptor.of("with", "1", "demo.DemoExecutor"), with);

    assertThat(listOf(registry.find("without", null))).containsExactly("class path");
    assertThat(listOf(registry.find("with", null))).containsExactly("root");
  }

  @Test
  void aPluginCannotReplaceTheApi() throws IOException {
    Path root =
        new PluginSource()
            .executor("demo", "org.psij.FailureCause.class.getClassLoader().toString()")
            .source("org.psij.FailureCause", "package org.psij; public enum FailureCause {}")
            .folder(folder.resolve("root"));
    registry.register(ExecutorDescriptor.of("own-api", "1", "demo.DemoExecutor"), root);

    assertThat(listOf(registry.find("own-api", null)))
        .containsExactly(JobExecutor.class.getClassLoader().toString());
  }

  @Test
  void anExecutorOfThePluginPathIsFound() throws IOException {
    Path plugins = folder.resolve("plugins");
    PluginSource.complete("demo", "pathed", "1").jar(plugins.resolve("demo.jar"));
    PluginRegistry<ExecutorDescriptor> withPath = registry(plugins.toString());

    assertThat(withPath.names()).contains("pathed", "recording");
    assertThat(listOf(withPath.find("pathed", null))).containsExactly("1");
  }

  @Test
  void aFolderOfThePluginPathThatCannotBeReadIsReported() {
    Path missing = folder.resolve("missing");

    assertThat(registry(missing.toString()).infos())
        .filteredOn(info -> missing.toString().equals(info.getName()))
        .singleElement()
        .extracting(PluginInfo::getProblem)
        .asString()
        .contains("PSIJ_PLUGIN_PATH");
  }
}
