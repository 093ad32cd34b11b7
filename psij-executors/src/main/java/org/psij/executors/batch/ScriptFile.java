package org.psij.executors.batch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.psij.SubmitException;

/** A ready batch script, which is looked at for its directives. Immutable. */
public final class ScriptFile {
  /** Directives come early; what is no script may be of any size. */
  private static final int MOST_BYTES = 1 << 20;

  private final Path path;
  private final List<String> lines;

  private ScriptFile(Path path, List<String> lines) {
    this.path = path;
    this.lines = lines;
  }

  /**
   * One line with options of the submit command.
   *
   * @param line its number, counted from 1
   * @param words the options and their values, without the prefix and a comment
   */
  record Line(int line, List<String> words) {}

  /**
   * Reads a script.
   *
   * @param script its path
   * @return the script
   * @throws SubmitException if there is no such file, or it cannot be read
   */
  public static ScriptFile read(Path script) {
    Path path = script.toAbsolutePath();
    if (!Files.exists(path)) {
      throw new SubmitException("There is no script " + path);
    }
    if (!Files.isRegularFile(path)) {
      throw new SubmitException("The script " + path + " is no regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      return new ScriptFile(path, new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new SubmitException("The script " + path + " cannot be read: " + e, e);
    }
  }

  /**
   * Tells where the script is.
   *
   * @return its absolute path
   */
  public Path path() {
    return path;
  }

  /**
   * Tells whether there are options for a scheduler before the first command.
   *
   * @param prefix what its directives begin with, such as {@code #SBATCH}
   * @return true if there is at least one
   */
  public boolean hasDirectives(String prefix) {
    return directives(prefix, false).stream()
        .anyMatch(directive -> directive.words().stream().anyMatch(word -> word.startsWith("-")));
  }

  /** Lists the directives, those before the first command or all. */
  List<Line> directives(String prefix, boolean everywhere) {
    List<Line> directives = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(prefix)) {
        directives.add(new Line(i + 1, words(line.substring(prefix.length()))));
      } else if (!everywhere && !line.isBlank() && !line.stripLeading().startsWith("#")) {
        break;
      }
    }
    return directives;
  }

  private static List<String> words(String options) {
    List<String> words = new ArrayList<>();
    for (String word : options.strip().split("\\s+", -1)) {
      if (word.startsWith("#")) {
        break;
      }
      words.add(word);
    }
    return words;
  }
}
