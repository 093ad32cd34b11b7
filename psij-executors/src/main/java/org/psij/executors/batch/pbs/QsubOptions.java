package org.psij.executors.batch.pbs;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.executors.batch.BatchJob;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.Directive;
import org.psij.executors.batch.Directives;

/**
 * The options of {@code qsub} that the dialects share. A key is a letter, such as {@code q}, or
 * {@code l.} and the name of a resource, such as {@code l.walltime}.
 */
final class QsubOptions {
  private static final long LONGEST_SECONDS = Integer.MAX_VALUE;
  private static final String RESOURCE = "l.";
  private static final String CUSTOM = "attributes.custom_attributes.";

  /** Interactive, without an answer, several jobs in one, another prefix of directives. */
  private static final Set<String> BREAKING = Set.of("C", "G", "I", "J", "X", "f", "t", "x", "z");

  private final BatchJob job;
  private final Directives directives = new Directives();

  /**
   * Starts with the options that every job has.
   *
   * @param job the job
   * @param name its name
   */
  QsubOptions(BatchJob job, String name) {
    this.job = job;
    directives
        .add("N", name)
        .add("S", "/bin/bash")
        .add("o", "/dev/null")
        .add("e", "/dev/null")
        .add("A", carriable("attributes.account", job.attributes().getAccount()))
        .add("l.walltime", walltime(job.attributes().getDuration()))
        .addFlag("V", job.spec().isInheritEnvironment());
  }

  /**
   * Adds an option.
   *
   * @param key its key
   * @param value its value, or null to add nothing
   * @return this
   */
  QsubOptions add(String key, @Nullable String value) {
    directives.add(key, value);
    return this;
  }

  /**
   * Adds an option without a value.
   *
   * @param key its key
   * @param wanted false to add nothing
   * @return this
   */
  QsubOptions addFlag(String key, boolean wanted) {
    directives.addFlag(key, wanted);
    return this;
  }

  /**
   * Lets the custom attributes of the job have the last word.
   *
   * @param scheduler the dialect, whose prefixes count
   * @return all options
   * @throws InvalidJobException if one of them cannot be carried, or would hide the job from us
   */
  List<Directive> customize(BatchScheduler scheduler) {
    job.attributes().getCustomAttributes().forEach((name, value) -> check(scheduler, name, value));
    return directives.customize(job, scheduler, UnaryOperator.identity()).list();
  }

  private static void check(BatchScheduler scheduler, String name, @Nullable Object value) {
    int dot = name.indexOf('.');
    String prefix = dot < 0 ? "" : name.substring(0, dot).toLowerCase(Locale.ROOT);
    if (!scheduler.attributePrefixes().contains(prefix)) {
      return;
    }
    requireOption(CUSTOM + name, name.substring(dot + 1));
    List<?> values =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    for (Object each : values) {
      DirectiveText.requireCarriable(CUSTOM + name, each.toString());
      if (name.endsWith(".W") && each.toString().matches("(?s).*\\bblock\\s*=.*")) {
        throw new InvalidJobException(CUSTOM + name, "a qsub that waits would hold up the library");
      }
    }
  }

  private static void requireOption(String field, String key) {
    if (BREAKING.contains(key)) {
      throw new InvalidJobException(
          field, "qsub -" + key + " makes something else than one batch job that can be tracked");
    }
    if (key.length() != 1 && !key.startsWith(RESOURCE)) {
      throw new InvalidJobException(
          field,
          "qsub has no option -" + key + "; a resource is written l.NAME, as in pbs.l.walltime");
    }
  }

  /**
   * Checks a value that comes from the job.
   *
   * @param field the path of its field in the JSON form
   * @param value the value, or null
   * @return the value
   * @throws InvalidJobException if no directive can carry it
   */
  static @Nullable String carriable(String field, @Nullable String value) {
    if (value != null) {
      DirectiveText.requireCarriable(field, value);
    }
    return value;
  }

  private static String walltime(Duration duration) {
    long seconds = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw new InvalidJobException(
          "attributes.duration",
          "PBS takes from 1 to " + LONGEST_SECONDS + " seconds, was " + duration);
    }
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /**
   * Gives the words that an option has on a command line.
   *
   * @param option the option
   * @return one or two words
   */
  static List<String> words(Directive option) {
    String value = option.value();
    if (option.key().startsWith(RESOURCE)) {
      String resource = option.key().substring(RESOURCE.length());
      return List.of("-l", resource + "=" + (value == null ? "true" : value));
    }
    return value == null ? List.of("-" + option.key()) : List.of("-" + option.key(), value);
  }

  /**
   * Gives the text that an option has in a script, behind {@code #PBS}.
   *
   * @param option the option
   * @return the text
   */
  static String line(Directive option) {
    List<String> words = words(option);
    return words.size() == 1
        ? words.get(0)
        : words.get(0) + " " + DirectiveText.quote(words.get(1));
  }
}
