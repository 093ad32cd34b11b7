package org.example.psij;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.example.program.RunOneJob;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobExecutor;
import org.psij.Launcher;

/** A program in a JVM of its own finds the plug-ins in each of the ways in which they may lie. */
final class LoadingTest {
  private static final Path SOURCES = Path.of("src/main/java/org/example/psij");
  private static final Path MODULE_INFO = Path.of("src/module/module-info.java");
  private static final Path PLUGIN = placeOf(BasicJobExecutor.class);
  private static final Path PROGRAM = placeOf(RunOneJob.class);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"single", "nice"})
  void pluginIsFoundOnTheClassPath(String launcher) throws Exception {
    ProcessBuilder java = java(launcher, "--class-path", path(classPath()));

    assertThat(outputOf(java)).isEqualTo("COMPLETED by no module");
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "nice"})
  void pluginIsFoundInTheFoldersOfThePluginPath(String launcher) throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    jar(plugins.resolve("plugin.jar"), PLUGIN);
    List<Path> withoutPlugin = classPath().stream().filter(place -> !place.equals(PLUGIN)).toList();
    ProcessBuilder java = java(launcher, "--class-path", path(withoutPlugin));
    java.environment().put("PSIJ_PLUGIN_PATH", plugins.toString());

    assertThat(withoutPlugin).hasSize(classPath().size() - 1);
    assertThat(outputOf(java)).isEqualTo("COMPLETED by no module");
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "nice"})
  void pluginIsFoundOnTheModulePath(String launcher) throws Exception {
    List<Path> modules = libraries();
    modules.add(pluginModule(modules));
    ProcessBuilder java =
        java(
            launcher,
            "--class-path",
            PROGRAM.toString(),
            "--module-path",
            path(modules),
            "--add-modules",
            "ALL-MODULE-PATH");

    assertThat(outputOf(java)).isEqualTo("COMPLETED by org.example.psij");
  }

  /** The class path without plug-in and program, and with jars in place of folders. */
  private List<Path> libraries() throws IOException {
    Path api = placeOf(JobExecutor.class);
    Path launchers = placeOf(Launcher.getInstance("single").getClass());
    List<Path> libraries = new ArrayList<>();
    libraries.add(automaticModule("org.psij", api));
    libraries.add(automaticModule("org.psij.launchers", launchers));
    classPath().stream()
        .filter(place -> !List.of(api, launchers).contains(place) && Files.isRegularFile(place))
        .forEach(libraries::add);
    return libraries;
  }

  /** A build that stops before the jars are made has folders on the class path. */
  private Path automaticModule(String name, Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return place;
    }
    Path manifest = folder.resolve(name + ".mf");
    Files.writeString(manifest, "Automatic-Module-Name: " + name + "\n");
    Path jar = folder.resolve(name + ".jar");
    run("jar", "-c", "-f", jar, "-m", manifest, "-C", place, ".");
    return jar;
  }

  private Path pluginModule(List<Path> modules) throws IOException {
    Path classes = folder.resolve("classes");
    List<Object> arguments =
        new ArrayList<>(List.of("-encoding", "UTF-8", "-d", classes, "-p", path(modules)));
    arguments.add(MODULE_INFO);
    try (Stream<Path> sources = Files.list(SOURCES)) {
      sources.filter(source -> source.toString().endsWith(".java")).forEach(arguments::add);
    }
    run("javac", arguments.toArray());
    return jar(folder.resolve("plugin-module.jar"), classes);
  }

  private static Path jar(Path jar, Path classes) {
    run("jar", "-c", "-f", jar, "-C", classes, ".");
    return jar;
  }

  private static void run(String tool, Object... arguments) {
    String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    int exitCode = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, words);
    assertThat(exitCode).as(tool).isZero();
  }

  private static ProcessBuilder java(String launcher, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of(RunOneJob.class.getName(), "basic", launcher));
    return new ProcessBuilder(command);
  }

  private String outputOf(ProcessBuilder java) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process = java.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output).strip();
  }

  private static List<Path> classPath() {
    String[] places = System.getProperty("java.class.path").split(File.pathSeparator);
    return Stream.of(places).map(Path::of).toList();
  }

  private static String path(List<Path> places) {
    return places.stream().map(Path::toString).collect(joining(File.pathSeparator));
  }

  private static Path placeOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Path.of(URI.create(source.getLocation().toString()));
  }
}
