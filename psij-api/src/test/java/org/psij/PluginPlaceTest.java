package org.psij;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.spi.ExecutorDescriptor;

/** Classes that others could have put there are not run. */
class PluginPlaceTest {
  @TempDir private Path folder;
  private Path plugins;
  private Path jar;

  @BeforeEach
  void pack() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    Path packed =
        PluginSource.complete("demo", "demo", "1.0").jar(folder.resolve("build/demo.jar"));
    jar = Files.copy(packed, plugins.resolve("demo.jar"));
    allow(folder, "rwxr-xr-x");
    allow(plugins, "rwxr-xr-x");
    allow(jar, "rw-r--r--");
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private void register(Path root) {
    new PluginRegistry<>(
            "executor",
            ExecutorDescriptor.class,
            JobExecutor.class,
            ExecutorContext.class,
            new PluginPath(null))
        .register(ExecutorDescriptor.of("demo", "1.0", "demo.DemoExecutor"), root);
  }

  private void assertRefused(Path named) {
    PluginPath path = new PluginPath(plugins.toString());
    assertThat(path.loaders()).isEmpty();
    assertThat(path.problems().values())
        .hasSize(1)
        .allMatch(text -> text.contains(" " + named + " "));
    assertThatThrownBy(() -> register(jar))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" " + named + " ");
  }

  @Test
  void placesThatOnlyTheirOwnerWritesToAreUsed() {
    PluginPath path = new PluginPath(plugins.toString());

    assertThat(path.loaders()).containsOnlyKeys(jar);
    assertThat(path.problems()).isEmpty();
    assertThatCode(() -> register(jar)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx"})
  void aFolderThatOthersMayWriteToIsRefused(String permissions) throws IOException {
    allow(plugins, permissions);
    assertRefused(plugins);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
  void aJarThatOthersMayWriteToIsRefused(String permissions) throws IOException {
    allow(jar, permissions);
    assertRefused(jar);
  }

  @Test
  void aFolderAboveThatOthersMayWriteToIsRefused() throws IOException {
    allow(folder, "rwxrwxrwx");
    assertRefused(folder);
  }

  @Test
  void aFolderAboveMayBeWrittenToIfOthersCannotTouchWhatIsInIt() throws IOException {
    Files.setAttribute(folder, "unix:mode", 01777);
    assertThat(new PluginPath(plugins.toString()).loaders()).containsOnlyKeys(jar);

    Files.setAttribute(plugins, "unix:mode", 01777);
    assertThat(new PluginPath(plugins.toString()).loaders()).isEmpty();
    assertThatThrownBy(() -> register(plugins)).hasMessageContaining(" " + plugins + " ");
  }

  @Test
  void aLinkLeadsToNoPlaceThatOthersMayWriteTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), plugins);
    assertThat(new PluginPath(link.toString()).loaders()).hasSize(1);

    allow(plugins, "rwxrwxrwx");
    assertThat(new PluginPath(link.toString()).loaders()).isEmpty();
  }

  @Test
  void whatBelongsToSomebodyElseIsRefused() throws IOException {
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
    Files.setAttribute(jar, "unix:uid", 12345);
    assertRefused(jar);
  }
}
