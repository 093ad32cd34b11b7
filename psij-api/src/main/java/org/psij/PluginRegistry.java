package org.psij;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.spi.ExecutorDescriptor;
import org.psij.spi.LauncherDescriptor;
import org.psij.spi.PluginDescriptor;
import org.psij.spi.PluginInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All plug-ins of one kind. They come from the loader of this library, the context loader of the
 * asking thread, {@code PSIJ_PLUGIN_PATH}, and {@link #register}; a name that is not known makes
 * the registry look once more.
 */
final class PluginRegistry<D extends PluginDescriptor> {
  private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);

  private static final int MOST_BROKEN_PROVIDERS = 1000;

  private static final PluginPath PLUGIN_PATH = new PluginPath(System.getenv(PluginPath.VARIABLE));

  static final PluginRegistry<ExecutorDescriptor> EXECUTORS =
      new PluginRegistry<>(
          "executor",
          ExecutorDescriptor.class,
          JobExecutor.class,
          ExecutorContext.class,
          PLUGIN_PATH);
  static final PluginRegistry<LauncherDescriptor> LAUNCHERS =
      new PluginRegistry<>(
          "launcher", LauncherDescriptor.class, Launcher.class, LauncherContext.class, PLUGIN_PATH);

  private final String kind;
  private final Class<D> descriptorType;
  private final Class<?> pluginType;
  private final Class<?> contextType;
  private final PluginPath path;

  // guarded by this
  private final List<Plugin<D>> plugins = new ArrayList<>();
  private final Map<String, PluginInfo> broken = new LinkedHashMap<>();
  private boolean searched;

  PluginRegistry(
      String kind,
      Class<D> descriptorType,
      Class<?> pluginType,
      Class<?> contextType,
      PluginPath path) {
    this.kind = kind;
    this.descriptorType = descriptorType;
    this.pluginType = pluginType;
    this.contextType = contextType;
    this.path = path;
  }

  synchronized Plugin<D> find(String name, @Nullable String versionConstraint) {
    VersionConstraint constraint = VersionConstraint.parse(versionConstraint);
    List<Plugin<D>> named = lookUp(name);
    if (named.isEmpty()) {
      throw new IllegalArgumentException(unknown(name));
    }
    Plugin<D> best =
        named.stream()
            .filter(plugin -> constraint.test(plugin.version()))
            .max(Comparator.comparing(Plugin::version))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No version of the "
                            + kind
                            + " '"
                            + name
                            + "' satisfies '"
                            + versionConstraint
                            + "'; there are "
                            + named));
    List<Plugin<D>> equals =
        named.stream().filter(plugin -> plugin.version().equals(best.version())).toList();
    if (equals.size() > 1) {
      throw new PsijException(ambiguous(equals), null);
    }
    return best;
  }

  synchronized boolean has(String name) {
    return !lookUp(name).isEmpty();
  }

  synchronized Set<String> names() {
    search();
    return plugins.stream()
        .map(plugin -> plugin.descriptor().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The highest version of each plug-in, in the order in which they were found. */
  synchronized List<D> newest() {
    search();
    Map<String, Plugin<D>> newest = new LinkedHashMap<>();
    plugins.forEach(
        plugin ->
            newest.merge(
                plugin.name(),
                plugin,
                (known, other) -> other.version().compareTo(known.version()) > 0 ? other : known));
    return newest.values().stream().map(Plugin::descriptor).toList();
  }

  synchronized List<PluginInfo> infos() {
    search();
    List<PluginInfo> infos = new ArrayList<>();
    plugins.stream()
        .sorted(Comparator.comparing((Plugin<D> p) -> p.name()).thenComparing(Plugin::version))
        .forEach(plugin -> infos.add(withClash(plugin, plugin.info(pluginType, contextType))));
    infos.addAll(broken.values());
    return infos;
  }

  private PluginInfo withClash(Plugin<D> plugin, PluginInfo info) {
    List<Plugin<D>> equals =
        plugins.stream()
            .filter(p -> p.name().equals(plugin.name()) && p.version().equals(plugin.version()))
            .toList();
    return equals.size() == 1
        ? info
        : new PluginInfo(
            info.getName(),
            info.getVersion(),
            info.getAliases(),
            info.getLocation(),
            ambiguous(equals));
  }

  synchronized void register(D descriptor, Path root) {
    String className = descriptor.getClassName();
    String resource = className.replace('.', '/') + ".class";
    PluginClassLoader loader = new PluginClassLoader(places(root));
    if (loader.findResource(resource) == null) {
      URL elsewhere = loader.getResource(resource);
      throw new IllegalArgumentException(
          "Unable to load the "
              + kind
              + " '"
              + descriptor.getName()
              + "': "
              + className
              + " is not below "
              + root
              + (elsewhere == null ? "" : "; it is at " + elsewhere));
    }
    add(new Plugin<>(descriptor, loader, root.toAbsolutePath().toString()));
  }

  private static List<Path> places(Path root) {
    if (!Files.exists(root)) {
      throw new IllegalArgumentException("No such file or folder: " + root);
    }
    try {
      new PluginPlace(root).requireTrusted();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Not a place to load a plug-in from: " + e.getMessage(), e);
    }
    return List.of(root.toAbsolutePath());
  }

  private List<Plugin<D>> lookUp(String name) {
    search();
    List<Plugin<D>> found = named(name);
    if (found.isEmpty()) {
      searched = false;
      search();
      found = named(name);
    }
    return found;
  }

  /** A plug-in's own name goes before an alias of another. */
  private List<Plugin<D>> named(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    List<Plugin<D>> own = plugins.stream().filter(plugin -> plugin.name().equals(key)).toList();
    return own.isEmpty()
        ? plugins.stream().filter(plugin -> plugin.aliases().contains(key)).toList()
        : own;
  }

  private void search() {
    if (searched) {
      return;
    }
    searched = true;
    Stream.of(JobExecutor.class.getClassLoader(), Thread.currentThread().getContextClassLoader())
        .distinct()
        .forEach(this::searchIn);
    path.search();
    path.loaders().values().forEach(this::searchIn);
    path.problems()
        .forEach(
            (place, problem) ->
                broken.put(place, new PluginInfo(place, "", Set.of(), place, problem)));
  }

  /** Goes provider by provider: one that is broken is kept for later and hurts no other. */
  private void searchIn(@Nullable ClassLoader loader) {
    Iterator<ServiceLoader.Provider<D>> providers =
        ServiceLoader.load(descriptorType, loader).stream().iterator();
    while (hasNext(providers)) {
      try {
        D descriptor = providers.next().get();
        add(
            new Plugin<>(
                descriptor,
                descriptor.getClass().getClassLoader(),
                Plugin.locationOf(descriptor.getClass())));
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        noteBroken(e);
      }
    }
  }

  private boolean hasNext(Iterator<?> providers) {
    for (int failures = 0; failures < MOST_BROKEN_PROVIDERS; failures++) {
      try {
        return providers.hasNext();
      } catch (ServiceConfigurationError | LinkageError e) {
        noteBroken(e);
      }
    }
    return false;
  }

  private void noteBroken(Throwable e) {
    String text = String.valueOf(e.getMessage());
    if (!broken.containsKey(text)) {
      LOG.debug("A descriptor of an {} cannot be loaded", kind, e);
      broken.put(text, new PluginInfo("(" + kind + " descriptor)", "", Set.of(), "", describe(e)));
    }
  }

  private static String describe(Throwable e) {
    return e.getCause() == null
        ? String.valueOf(e.getMessage())
        : e.getMessage() + ": " + e.getCause();
  }

  private void add(Plugin<D> plugin) {
    if (plugins.stream().noneMatch(plugin::isSameAs)) {
      plugins.add(plugin);
      LOG.debug("Found the {} {}", kind, plugin);
    }
  }

  private String unknown(String name) {
    String text = "Unknown " + kind + " '" + name + "'; there are " + names();
    return broken.isEmpty() ? text : text + "; not readable: " + broken.values();
  }

  private String ambiguous(List<Plugin<D>> equals) {
    return "The same version of the "
        + kind
        + " '"
        + equals.get(0).descriptor().getName()
        + "' comes from different places: "
        + equals;
  }
}
