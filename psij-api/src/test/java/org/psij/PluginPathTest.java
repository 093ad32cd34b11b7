package org.psij;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginPathTest {
  private static final String LIBRARY =
      "package lib; public class Library { public static String name() { return \"library\"; } }";

  @TempDir private Path folder;

  private PluginPath twoVersionsAndALibrary() throws IOException {
    Path library =
        new PluginSource().source("lib.Library", LIBRARY).jar(folder.resolve("library.jar"));
    for (String version : new String[] {"1.0", "2.0"}) {
      new PluginSource()
          .executor("demo", "lib.Library.name() + \" " + version + "\"")
          .descriptor("demo", "demo", version)
          .service("demo.DemoDescriptor")
          .compiledAgainst(library)
          .jar(folder.resolve("demo-" + version + ".jar"));
    }
    return new PluginPath(folder.toString());
  }

  @Test
  void noFoldersMeanNoPlugins() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    String separator = File.pathSeparator;

    assertThat(new PluginPath(null).loaders()).isEmpty();
    assertThat(new PluginPath("").loaders()).isEmpty();
    PluginPath path = new PluginPath(separator + separator + empty + separator);
    assertThat(path.loaders()).isEmpty();
    assertThat(path.problems()).isEmpty();
  }

  @Test
  void everyJarWithADescriptorHasALoader() throws IOException {
    PluginPath path = twoVersionsAndALibrary();

    assertThat(path.loaders())
        .containsOnlyKeys(folder.resolve("demo-1.0.jar"), folder.resolve("demo-2.0.jar"));
  }

  @Test
  void twoVersionsLieSideBySideAndShareALibrary() throws Exception {
    Map<Path, ClassLoader> loaders = twoVersionsAndALibrary().loaders();

    for (String version : new String[] {"1.0", "2.0"}) {
      ClassLoader loader = loaders.get(folder.resolve("demo-" + version + ".jar"));
      Object descriptor = loader.loadClass("demo.DemoDescriptor").getConstructor().newInstance();
      assertThat(descriptor).extracting("version").isEqualTo(version);
      assertThat(loader.loadClass("lib.Library").getMethod("name").invoke(null))
          .isEqualTo("library");
    }
  }

  @Test
  void aFolderThatCannotBeReadIsAProblemAndHurtsNoOther() throws IOException {
    PluginSource.complete("demo", "demo", "1.0").jar(folder.resolve("plugins/demo.jar"));
    Path missing = folder.resolve("missing");
    PluginPath path = new PluginPath(missing + File.pathSeparator + folder.resolve("plugins"));

    assertThat(path.problems()).containsOnlyKeys(missing.toString());
    assertThat(path.loaders()).containsOnlyKeys(folder.resolve("plugins/demo.jar"));
  }

  @Test
  void aJarThatComesLaterIsFoundByTheNextSearch() throws IOException {
    PluginPath path = new PluginPath(folder.toString());
    PluginSource.complete("demo", "demo", "1.0").jar(folder.resolve("demo.jar"));
    assertThat(path.loaders()).isEmpty();

    path.search();
    Map<Path, ClassLoader> found = path.loaders();
    path.search();

    assertThat(found).containsOnlyKeys(folder.resolve("demo.jar"));
    assertThat(path.loaders()).isEqualTo(found);
  }

  @Test
  void aFileThatIsNoJarHurtsNobody() throws IOException {
    PluginSource.complete("demo", "demo", "1.0").jar(folder.resolve("demo.jar"));
    Files.writeString(folder.resolve("garbage.jar"), "this is no jar");
    Files.writeString(folder.resolve("notes.txt"), "nor is this");

    assertThat(new PluginPath(folder.toString()).loaders())
        .containsOnlyKeys(folder.resolve("demo.jar"));
  }

  @Test
  void aDescriptorThatCannotBeLinkedHurtsNoOther() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path library =
        new PluginSource().source("lib.Library", LIBRARY).jar(elsewhere.resolve("library.jar"));
    Path plugins = folder.resolve("plugins");
    new PluginSource()
        .source(
            "broken.Descriptor", "package broken; public class Descriptor extends lib.Library {}")
        .service("broken.Descriptor")
        .compiledAgainst(library)
        .jar(plugins.resolve("a-broken.jar"));
    PluginSource.complete("demo", "demo", "1.0").jar(plugins.resolve("b-demo.jar"));

    assertThat(
            ChildJvm.run(
                Map.of("PSIJ_PLUGIN_PATH", plugins.toString()),
                "-cp",
                System.getProperty("java.class.path"),
                PrintExecutors.class.getName(),
                "demo",
                "recording"))
        .contains("created demo 1.0", "created recording 1.0")
        .anyMatch(line -> line.contains("lib/Library"));
  }

  @Test
  void theEnvironmentVariableIsReadWhenTheJvmStarts() throws Exception {
    twoVersionsAndALibrary();

    assertThat(
            ChildJvm.run(
                Map.of("PSIJ_PLUGIN_PATH", folder.toString()),
                "-cp",
                System.getProperty("java.class.path"),
                PrintExecutors.class.getName(),
                "demo",
                "recording"))
        .containsExactly(
            "demo 1.0 null",
            "demo 2.0 null",
            "recording 1.0 null",
            "created demo 2.0",
            "created recording 1.0");
  }
}
