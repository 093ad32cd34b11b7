package org.psij.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.executors.batch.ScriptPreview;
import org.psij.executors.batch.SubmissionDifference;

/**
 * What a scheduler makes of an option: something in the submission, or a refusal.
 *
 * @param difference what the submission has with the option, unless it is refused
 * @param refusal why it is refused
 */
record OptionEffect(@Nullable SubmissionDifference difference, @Nullable String refusal) {
  static OptionEffect of(OptionExample example, ScriptPreview scheduler) {
    try {
      return new OptionEffect(
          SubmissionDifference.between(scheduler, OptionExample.PLAIN, example.spec()), null);
    } catch (InvalidJobException e) {
      return new OptionEffect(null, e.getMessage());
    }
  }

  /** Pieces of a line that may be broken between them. */
  List<String> words() {
    if (difference == null) {
      return List.of(("refused: " + refusal).split(" "));
    }
    List<String> words = difference.words(UnaryOperator.identity());
    return words.isEmpty() ? List.of("-") : List.of(String.join(",\n", words).split("\n"));
  }

  Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("added", difference == null ? List.of() : difference.getAdded());
    fields.put("removed", difference == null ? List.of() : difference.getRemoved());
    fields.put("in_script", difference != null && difference.isInScript());
    fields.put("refused", refusal);
    return fields;
  }
}
