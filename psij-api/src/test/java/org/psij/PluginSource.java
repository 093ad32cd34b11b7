package org.psij;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.psij.spi.ExecutorDescriptor;

/** The source of a plug-in, compiled while the tests run. */
final class PluginSource {
  private static final String EXECUTOR =
      """
      package %1$s;

      import java.util.List;
      import org.psij.ExecutorContext;
      import org.psij.Job;
      import org.psij.JobExecutor;
      import org.psij.JobSpec;

      public final class DemoExecutor extends JobExecutor {
        public DemoExecutor(ExecutorContext context) {
          super(context);
        }

        @Override
        protected String doSubmit(Job job, JobSpec spec) {
          return "42";
        }

        @Override
        protected void doAttach(Job job, String nativeId) {}

        @Override
        protected void doCancel(Job job, String nativeId) {}

        @Override
        protected List<String> doList() {
          return List.of(%2$s);
        }

        @Override
        protected void doClose() {}
      }
      """;

  private static final String DESCRIPTOR =
      """
      package %1$s;

      import org.psij.spi.ExecutorDescriptor;

      public final class DemoDescriptor implements ExecutorDescriptor {
        @Override
        public String getName() {
          return "%2$s";
        }

        @Override
        public String getVersion() {
          return "%3$s";
        }

        @Override
        public String getClassName() {
          return "%1$s.DemoExecutor";
        }
      }
      """;

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final List<String> services = new ArrayList<>();
  private final List<String> options = new ArrayList<>(List.of("-proc:none"));
  private String classPath = System.getProperty("java.class.path");

  /** Adds {@code DemoExecutor}, whose list has one element, the value of an expression. */
  PluginSource executor(String packageName, String listed) {
    return source(packageName + ".DemoExecutor", EXECUTOR.formatted(packageName, listed));
  }

  /** Adds {@code DemoDescriptor}, which announces {@code DemoExecutor} of the same package. */
  PluginSource descriptor(String packageName, String name, String version) {
    return source(
        packageName + ".DemoDescriptor", DESCRIPTOR.formatted(packageName, name, version));
  }

  /** Adds a line to the services file. */
  PluginSource service(String line) {
    services.add(line);
    return this;
  }

  PluginSource source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  PluginSource compiledAgainst(Path place) {
    classPath = classPath + File.pathSeparator + place;
    return this;
  }

  PluginSource compiledWith(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** An executor, its descriptor and its services file. */
  static PluginSource complete(String packageName, String name, String version) {
    return new PluginSource()
        .executor(packageName, "\"" + version + "\"")
        .descriptor(packageName, name, version)
        .service(packageName + ".DemoDescriptor");
  }

  /** Compiles into a folder. */
  Path folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path sourceFolder = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "source");
    List<String> arguments = new ArrayList<>(options);
    if (!options.contains("--module-path")) {
      arguments.addAll(List.of("-cp", classPath));
    }
    arguments.addAll(List.of("-d", folder.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = sourceFolder.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (!sources.isEmpty()) {
      assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    }
    if (!services.isEmpty()) {
      Path services = folder.resolve("META-INF/services/" + ExecutorDescriptor.class.getName());
      Files.createDirectories(services.getParent());
      Files.write(services, this.services);
    }
    return folder;
  }

  /** Compiles into a jar. */
  Path jar(Path jar) throws IOException {
    Path beside = Files.createDirectories(jar.toAbsolutePath().getParent());
    Path classes = Files.createTempDirectory(beside, "classes");
    return jar(folder(classes.resolve("out")), jar, new Manifest());
  }

  /** Packs a folder. */
  static Path jar(Path folder, Path jar, Manifest manifest) throws IOException {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (Stream<Path> files = Files.walk(folder);
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Path entry : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(entry).toString()));
        Files.copy(entry, out);
      }
    }
    return jar;
  }

  /** Where a class of the class path comes from. */
  static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
