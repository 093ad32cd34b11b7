package org.psij;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Set;

/**
 * Loads a plug-in from places of its own before it asks its parent, so that the plug-in's libraries
 * and the user's do not meet. Only what both sides talk with is shared.
 */
final class PluginClassLoader extends URLClassLoader {
  private static final String DESCRIPTORS = "META-INF/services/org.psij.spi.";
  private static final Set<String> API =
      Set.of(
          "org.psij",
          "org.psij.spi",
          "org.psij.serialize",
          "org.slf4j",
          "org.slf4j.event",
          "org.slf4j.helpers",
          "org.slf4j.spi",
          "org.jspecify.annotations");

  static {
    ClassLoader.registerAsParallelCapable();
  }

  PluginClassLoader(Collection<Path> places) {
    super(
        places.stream().map(PluginClassLoader::url).toArray(URL[]::new),
        JobExecutor.class.getClassLoader());
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("Not a place to load classes from: " + place, e);
    }
  }

  private static boolean isShared(String className) {
    int dot = className.lastIndexOf('.');
    return className.startsWith("java.") || (dot > 0 && API.contains(className.substring(0, dot)));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (isShared(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        try {
          loaded = findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve);
        }
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  /** The plug-ins of the parent are not found a second time through this loader. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.startsWith(DESCRIPTORS) ? findResources(name) : super.getResources(name);
  }
}
