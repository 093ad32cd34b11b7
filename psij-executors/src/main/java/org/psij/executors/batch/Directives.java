package org.psij.executors.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;

/**
 * The directives of a job: those that the dialect makes of its description, and the custom
 * attributes of the user, which have the last word. Not safe for use by several threads.
 */
public final class Directives {
  private final Map<String, List<Directive>> byKey = new LinkedHashMap<>();

  /** Starts with none. */
  public Directives() {}

  /**
   * Adds a directive with a value. A key may be given several times.
   *
   * @param key the option, without dashes
   * @param value its value, or null to add nothing
   * @return this
   */
  public Directives add(String key, @Nullable Object value) {
    if (value != null) {
      values(key).add(new Directive(key, value.toString()));
    }
    return this;
  }

  /**
   * Adds a directive without a value.
   *
   * @param key the option, without dashes
   * @param wanted false to add nothing
   * @return this
   */
  public Directives addFlag(String key, boolean wanted) {
    if (wanted) {
      values(key).add(new Directive(key, null));
    }
    return this;
  }

  private List<Directive> values(String key) {
    return byKey.computeIfAbsent(key, added -> new ArrayList<>());
  }

  /**
   * Lets the custom attributes of a job replace directives ({@code true} for one without a value, a
   * list for one directive each), add to them, and take them out ({@code null} or {@code false}).
   *
   * @param job the job
   * @param scheduler the dialect, whose prefixes count
   * @param canonical gives the one name that a key and its other names have
   * @return this
   */
  public Directives customize(
      BatchJob job, BatchScheduler scheduler, UnaryOperator<String> canonical) {
    job.attributes()
        .getCustomAttributes()
        .forEach(
            (name, value) -> {
              int dot = name.indexOf('.');
              String prefix = dot < 0 ? "" : name.substring(0, dot).toLowerCase(Locale.ROOT);
              if (scheduler.attributePrefixes().contains(prefix)) {
                requireKey(name, name.substring(dot + 1));
                replace(canonical.apply(name.substring(dot + 1)), value);
              }
            });
    return this;
  }

  private static void requireKey(String name, String key) {
    if (!key.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
      throw new InvalidJobException(
          "attributes.custom_attributes." + name, "'" + key + "' cannot be an option");
    }
  }

  private void replace(String key, @Nullable Object value) {
    byKey.remove(key);
    if (value instanceof List<?> list) {
      list.forEach(each -> addCustom(key, each));
    } else {
      addCustom(key, value);
    }
  }

  private void addCustom(String key, @Nullable Object value) {
    if (value instanceof Boolean wanted) {
      addFlag(key, wanted);
    } else {
      add(key, value);
    }
  }

  /**
   * Lists the directives.
   *
   * @return all of them, those of one key together
   */
  public List<Directive> list() {
    return byKey.values().stream().flatMap(List::stream).toList();
  }
}
