package org.psij.spi;

import java.util.Set;

/** What the registry knows about a plug-in before its class is loaded (PSI/J: descriptor). */
public sealed interface PluginDescriptor permits ExecutorDescriptor, LauncherDescriptor {
  /**
   * Names the plug-in; users pass this to {@code getInstance}.
   *
   * @return the name; case does not matter
   */
  String getName();

  /**
   * Tells which version this is; several versions may be present under one name.
   *
   * @return the version, ordered as Maven orders versions
   */
  String getVersion();

  /**
   * Names the class that does the work. It is loaded with the loader of this descriptor when
   * somebody asks for it, and has one public constructor, which takes a context.
   *
   * @return the fully qualified name of the class
   */
  String getClassName();

  /**
   * Lists further names under which the plug-in is found.
   *
   * @return the names; case does not matter
   */
  default Set<String> getAliases() {
    return Set.of();
  }

  /**
   * Names the plug-in for people, such as {@code Portable Batch System}.
   *
   * @return the name to show
   */
  default String getNiceName() {
    return getName();
  }
}
