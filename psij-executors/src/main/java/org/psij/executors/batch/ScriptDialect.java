package org.psij.executors.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;

/**
 * How a scheduler takes a ready script as it is, and which of its directives make of it what is not
 * one job that can be followed. Immutable.
 */
public final class ScriptDialect {
  private final String directivePrefix;
  private final boolean directivesEverywhere;
  private final List<String> submitCommand;
  private final boolean readFromInput;
  private final @Nullable Pattern path;
  private final Map<Pattern, String> refusals;
  private final @Nullable Pattern heterogeneous;

  private ScriptDialect(Builder builder) {
    directivePrefix = builder.directivePrefix;
    directivesEverywhere = builder.directivesEverywhere;
    submitCommand = builder.submitCommand;
    readFromInput = builder.readFromInput;
    path = builder.path;
    refusals = new LinkedHashMap<>(builder.refusals);
    heterogeneous = builder.heterogeneous;
  }

  /**
   * Starts a dialect.
   *
   * @param directivePrefix what directives begin with, such as {@code #SBATCH}
   * @param submitCommand the command that submits a script, without its path; the scheduler's
   *     {@link BatchScheduler#parseSubmission} reads the answer
   * @return a new builder
   */
  public static Builder builder(String directivePrefix, String... submitCommand) {
    return new Builder(directivePrefix, List.of(submitCommand));
  }

  String directivePrefix() {
    return directivePrefix;
  }

  boolean hasDirectivesEverywhere() {
    return directivesEverywhere;
  }

  boolean isReadFromInput() {
    return readFromInput;
  }

  /**
   * Says how to submit a script.
   *
   * @throws InvalidJobException if the command cannot carry its path
   */
  List<String> submitCommand(String script) {
    if (path != null && !path.matcher(script).matches()) {
      throw new InvalidJobException(
          "script", "the submit command cannot be given the path '" + script + "'");
    }
    List<String> command = new ArrayList<>(submitCommand);
    if (!readFromInput) {
      command.add(script);
    }
    return command;
  }

  /** Tells why a directive is refused, or null if it is not. */
  @Nullable String refusal(List<String> words) {
    if (heterogeneous != null && heterogeneous.matcher(words.get(0)).matches()) {
      return "makes it a heterogeneous job, whose parts have ids and ends of their own";
    }
    return words.stream().map(this::refusal).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private @Nullable String refusal(String word) {
    return refusals.entrySet().stream()
        .filter(refusal -> refusal.getKey().matcher(word).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Collects the values of a {@link ScriptDialect}; patterns match a whole word of a directive. */
  public static final class Builder {
    private final String directivePrefix;
    private final List<String> submitCommand;
    private final Map<Pattern, String> refusals = new LinkedHashMap<>();
    private boolean directivesEverywhere;
    private boolean readFromInput;
    private @Nullable Pattern path;
    private @Nullable Pattern heterogeneous;

    private Builder(String directivePrefix, List<String> submitCommand) {
      this.directivePrefix = directivePrefix;
      this.submitCommand = submitCommand;
    }

    /**
     * Says that directives may stand anywhere, and not only before the first command.
     *
     * @return this builder
     */
    public Builder directivesEverywhere() {
      directivesEverywhere = true;
      return this;
    }

    /**
     * Says that the submit command reads the script from its standard input.
     *
     * @return this builder
     */
    public Builder readFromInput() {
      readFromInput = true;
      return this;
    }

    /**
     * Says which paths of scripts the submit command can be given; any, unless called.
     *
     * @param pattern matches the whole path
     * @return this builder
     */
    public Builder path(Pattern pattern) {
      path = pattern;
      return this;
    }

    /**
     * Says which options make an array, whose tasks have ids and ends of their own.
     *
     * @param options a regular expression
     * @return this builder
     */
    public Builder array(String options) {
      return refuse(options, "makes it an array, whose tasks have ids and ends of their own");
    }

    /**
     * Says which first words of a directive make a heterogeneous job, whose components have ids and
     * ends of their own.
     *
     * @param words a regular expression
     * @return this builder
     */
    public Builder heterogeneous(String words) {
      heterogeneous = Pattern.compile(words);
      return this;
    }

    /**
     * Says which options let the submit command wait for the job, or talk with it.
     *
     * @param options a regular expression
     * @return this builder
     */
    public Builder waiting(String options) {
      return refuse(options, "lets the submit command wait for the job");
    }

    /**
     * Says which options keep the submit command from telling an id.
     *
     * @param options a regular expression
     * @return this builder
     */
    public Builder withoutId(String options) {
      return refuse(options, "keeps the submit command from telling its id");
    }

    /**
     * Says which options send the job where it cannot be followed.
     *
     * @param options a regular expression
     * @return this builder
     */
    public Builder elsewhere(String options) {
      return refuse(options, "sends it to another cluster, where it cannot be followed");
    }

    private Builder refuse(String options, String reason) {
      refusals.put(Pattern.compile(options), reason);
      return this;
    }

    /**
     * Creates the dialect.
     *
     * @return the dialect
     */
    public ScriptDialect build() {
      return new ScriptDialect(this);
    }
  }
}
