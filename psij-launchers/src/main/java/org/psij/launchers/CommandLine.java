package org.psij.launchers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.Launcher;
import org.psij.ResourceSpecV1;

/** The command line of a launcher that takes options and then the executable. */
final class CommandLine {
  private final List<String> words = new ArrayList<>();

  CommandLine(String... program) {
    words.addAll(List.of(program));
  }

  CommandLine option(String name, @Nullable Integer value) {
    if (value != null) {
      words.add(name);
      words.add(value.toString());
    }
    return this;
  }

  /**
   * Tells whether the job says how its processes are spread over nodes; the scheduler decides else,
   * and may grant some on one node and some on another.
   */
  static boolean isPlaced(ResourceSpecV1 resources) {
    return resources.getNodeCount() != null || resources.getProcessesPerNode() != null;
  }

  List<String> run(Launcher launcher, List<String> executableAndArguments) {
    words.addAll(afterOptions(launcher, executableAndArguments));
    return words;
  }

  /** Refuses an executable that the launcher would take for one of its options. */
  static List<String> afterOptions(Launcher launcher, List<String> executableAndArguments) {
    String executable = executableAndArguments.get(0);
    if (executable.startsWith("-")) {
      throw new InvalidJobException(
          "executable",
          "must not begin with '-' for the launcher '"
              + launcher.getName()
              + "', was '"
              + executable
              + "'; write './"
              + executable
              + "'");
    }
    return executableAndArguments;
  }
}
