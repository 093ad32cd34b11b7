package org.psij;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.classgraph.ClassGraph;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class ModulePathTest {
  private static final String MODULE =
      """
      module demo.plugin {
        requires org.psij;
        exports demo to org.psij;
        provides org.psij.spi.ExecutorDescriptor with demo.DemoDescriptor;
      }
      """;

  private static final String MAIN =
      """
      package demo;

      import org.psij.JobExecutor;

      public final class Main {
        public static void main(String[] arguments) {
          System.out.println(JobExecutor.class.getModule().getName());
          try (JobExecutor executor = JobExecutor.getInstance("modular")) {
            System.out.println(executor.getClass().getModule().getName());
            System.out.println(executor.list());
          }
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void aPluginInANamedModuleIsFoundOnTheModulePath() throws Exception {
    String modulePath =
        Stream.concat(Stream.of(apiJar()), dependencies())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path plugin =
        new PluginSource()
            .executor("demo", "\"found\"")
            .descriptor("demo", "modular", "1.0")
            .source("module-info", MODULE)
            .source("demo.Main", MAIN)
            .compiledWith("--module-path", modulePath)
            .folder(folder.resolve("plugin"));

    assertThat(
            ChildJvm.run(
                Map.of(),
                "--module-path",
                modulePath + File.pathSeparator + plugin,
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                "demo.plugin/demo.Main"))
        .containsExactly("org.psij", "demo.plugin", "[found]");
  }

  /** The classes are not packed yet when the tests run. */
  private Path apiJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(new Attributes.Name("Automatic-Module-Name"), "org.psij");
    return PluginSource.jar(
        PluginSource.placeOf(JobExecutor.class), folder.resolve("psij-api.jar"), manifest);
  }

  private static Stream<Path> dependencies() {
    return Stream.of(
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class,
            ClassGraph.class,
            ComparableVersion.class,
            Logger.class,
            NullMarked.class)
        .map(PluginSource::placeOf);
  }
}
