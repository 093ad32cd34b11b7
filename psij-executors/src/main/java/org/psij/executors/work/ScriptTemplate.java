package org.psij.executors.work;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A Mustache template beside a class. Immutable. */
public final class ScriptTemplate {
  private final Template template;

  /**
   * Reads a template.
   *
   * @param neighbour the class in whose package the file is
   * @param file the name of the file
   */
  public ScriptTemplate(Class<?> neighbour, String file) {
    try (InputStream in = neighbour.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The script template " + file + " is not in the jar");
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        template = Mustache.compiler().escapeHTML(false).compile(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills the template in.
   *
   * @param values the values by name
   * @return the text
   */
  public String render(Map<String, ?> values) {
    return template.execute(values);
  }
}
