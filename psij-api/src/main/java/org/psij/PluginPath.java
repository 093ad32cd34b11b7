package org.psij;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ScanResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.spi.ExecutorDescriptor;
import org.psij.spi.LauncherDescriptor;

/**
 * The jars in the folders of {@code PSIJ_PLUGIN_PATH} to which nobody else may write. Each jar with
 * a descriptor has a loader of its own, so that two versions of a plug-in can lie side by side; it
 * sees the jars without one too, as its libraries.
 */
final class PluginPath {
  static final String VARIABLE = "PSIJ_PLUGIN_PATH";

  private final List<Path> folders;

  // guarded by this
  private final Map<Path, ClassLoader> loaders = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();

  PluginPath(@Nullable String folders) {
    this.folders =
        folders == null
            ? List.of()
            : Stream.of(folders.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).toAbsolutePath())
                .toList();
    search();
  }

  /** Looks for jars that have come since the last time. */
  synchronized void search() {
    problems.clear();
    folders.forEach(this::search);
  }

  /** The loader of each jar with a descriptor. */
  synchronized Map<Path, ClassLoader> loaders() {
    return new LinkedHashMap<>(loaders);
  }

  /** What was wrong with a folder, or a jar in it, when it was searched last, by its name. */
  synchronized Map<String, String> problems() {
    return new LinkedHashMap<>(problems);
  }

  private void search(Path folder) {
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      new PluginPlace(folder).requireTrusted();
      jars = trusted(files.filter(file -> file.toString().endsWith(".jar")).sorted().toList());
    } catch (IOException e) {
      problems.put(folder.toString(), "folder of " + VARIABLE + " cannot be used: " + e);
      return;
    }
    if (loaders.keySet().containsAll(jars)) {
      return;
    }
    Set<Path> plugins = withDescriptor(jars);
    List<Path> libraries = jars.stream().filter(jar -> !plugins.contains(jar)).toList();
    for (Path plugin : plugins) {
      List<Path> places = new ArrayList<>();
      places.add(plugin);
      places.addAll(libraries);
      loaders.computeIfAbsent(plugin, jar -> new PluginClassLoader(places));
    }
  }

  private List<Path> trusted(List<Path> jars) {
    List<Path> trusted = new ArrayList<>();
    for (Path jar : jars) {
      try {
        new PluginPlace(jar).requireTrusted();
        trusted.add(jar);
      } catch (IOException e) {
        problems.put(jar.toString(), "jar in a folder of " + VARIABLE + " is not used: " + e);
      }
    }
    return trusted;
  }

  private static Set<Path> withDescriptor(List<Path> jars) {
    Set<Path> found = new LinkedHashSet<>();
    try (ScanResult scan =
        new ClassGraph()
            .overrideClasspath(jars)
            .acceptPathsNonRecursive("META-INF/services")
            .scan()) {
      for (Class<?> type : List.of(ExecutorDescriptor.class, LauncherDescriptor.class)) {
        scan.getResourcesWithPath("META-INF/services/" + type.getName())
            .forEach(resource -> found.add(resource.getClasspathElementFile().toPath()));
      }
    }
    return found;
  }
}
