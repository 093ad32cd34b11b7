package org.psij.executors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with the commands of a scheduler. Where {@link #LATE} is set, the one that submits is
 * late now and then: before it submits, such that it does so when whoever called it is gone, or
 * before it says so.
 */
final class LateCommands {
  /** The variable that makes commands late. */
  static final String LATE = "LATE_COMMANDS";

  private LateCommands() {}

  /** Makes the folder in a place, for the real commands in another folder. */
  static Path create(Path place, Path real, String submitCommand) {
    Path folder = place.resolve("commands");
    try (Stream<Path> commands = Files.list(real)) {
      Files.createDirectory(folder);
      Files.createFile(takenFile(place));
      Files.copy(Path.of("/bin/bash"), place.resolve("shell"));
      for (Path command : commands.toList()) {
        boolean late = command.endsWith(submitCommand);
        Path script = folder.resolve(command.getFileName());
        Files.writeString(script, late ? late(command, place) : prompt(command));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String prompt(Path command) {
    return "#!/bin/sh\nexec '" + command + "' \"$@\"\n";
  }

  /**
   * Grid Engine makes a login shell of what is called bash: a profile may take long, and leave its
   * locks behind when the job is killed. The copy has another name.
   */
  private static String late(Path command, Path place) {
    return """
        #!/bin/bash
        when=$((RANDOM %% 6))
        late() {
          [ -z "${%s-}" ] || [ $when -ne $1 ] || sleep $((3 + RANDOM %% 3))
        }
        late 0
        answer=$('%s' "${@/#\\/bin\\/bash/%s}")
        code=$?
        [ $code -ne 0 ] || echo "$answer" >>'%s'
        late 1
        echo "$answer"
        exit $code
        """
        .formatted(LATE, command, place.resolve("shell"), takenFile(place));
  }

  private static Path takenFile(Path place) {
    return place.resolve("taken");
  }

  /** The native ids that the scheduler has given, with whoever asked for them gone or not. */
  static List<String> taken(Path place) {
    try {
      return Files.readAllLines(takenFile(place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
