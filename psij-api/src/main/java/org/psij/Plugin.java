package org.psij;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.jspecify.annotations.Nullable;
import org.psij.spi.PluginDescriptor;
import org.psij.spi.PluginInfo;

/** A descriptor, where it was found, and the loader that its class comes from. */
final class Plugin<D extends PluginDescriptor> {
  private final D descriptor;
  private final ClassLoader loader;
  private final String location;
  private final ComparableVersion version;

  Plugin(D descriptor, ClassLoader loader, String location) {
    this.descriptor = descriptor;
    this.loader = loader;
    this.location = location;
    this.version = new ComparableVersion(descriptor.getVersion());
  }

  /** Tells where a class was loaded from, for people. */
  static String locationOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return String.valueOf(type.getModule());
    }
    URL location = source.getLocation();
    return location.getProtocol().equals("file")
        ? Path.of(URI.create(location.toString())).toString()
        : location.toString();
  }

  D descriptor() {
    return descriptor;
  }

  ComparableVersion version() {
    return version;
  }

  String location() {
    return location;
  }

  String name() {
    return descriptor.getName().toLowerCase(Locale.ROOT);
  }

  Set<String> aliases() {
    Set<String> aliases = new HashSet<>();
    descriptor.getAliases().forEach(alias -> aliases.add(alias.toLowerCase(Locale.ROOT)));
    return aliases;
  }

  /** The same plug-in, seen through another loader. */
  boolean isSameAs(Plugin<?> other) {
    return name().equals(other.name())
        && version.equals(other.version)
        && descriptor.getClassName().equals(other.descriptor.getClassName())
        && location.equals(other.location);
  }

  <T, C> T create(Class<T> type, Class<C> contextType, C context) {
    try {
      Class<?> plugin = Class.forName(descriptor.getClassName(), true, loader);
      return type.cast(plugin.getConstructor(contextType).newInstance(context));
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof PsijException || cause instanceof IllegalArgumentException) {
        throw (RuntimeException) cause;
      }
      throw broken(cause == null ? e : cause);
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      throw broken(e);
    }
  }

  private PsijException broken(Throwable cause) {
    return new PsijException("Unable to load " + this + ": " + cause, cause);
  }

  PluginInfo info(Class<?> type, Class<?> contextType) {
    return new PluginInfo(
        descriptor.getName(),
        descriptor.getVersion(),
        descriptor.getAliases(),
        location,
        problem(type, contextType));
  }

  private @Nullable String problem(Class<?> type, Class<?> contextType) {
    try {
      Class<?> plugin = Class.forName(descriptor.getClassName(), false, loader);
      Constructor<?> constructor = plugin.getConstructor(contextType);
      return type.isAssignableFrom(constructor.getDeclaringClass())
          ? null
          : plugin + " is no " + type.getSimpleName();
    } catch (ReflectiveOperationException | LinkageError e) {
      return e.toString();
    }
  }

  @Override
  public String toString() {
    return "'" + descriptor.getName() + "' " + version + " from " + location;
  }
}
