package org.psij;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.jspecify.annotations.Nullable;

/** Clauses such as {@code (> 0.0.2, != 0.0.4)} that a version must satisfy, all of them. */
final class VersionConstraint implements Predicate<ComparableVersion> {
  private static final Map<String, IntPredicate> OPERATORS =
      Map.of(
          "==", order -> order == 0,
          "!=", order -> order != 0,
          "<", order -> order < 0,
          "<=", order -> order <= 0,
          ">", order -> order > 0,
          ">=", order -> order >= 0);
  private static final Pattern CLAUSE =
      Pattern.compile("\\s*(==|!=|<=|>=|<|>)\\s*([A-Za-z0-9][A-Za-z0-9._+-]*)\\s*");

  private final List<Predicate<ComparableVersion>> clauses = new ArrayList<>();

  private VersionConstraint() {}

  /** Reads a constraint; null allows every version. */
  static VersionConstraint parse(@Nullable String text) {
    VersionConstraint constraint = new VersionConstraint();
    if (text == null) {
      return constraint;
    }
    String body = text.strip();
    if (body.startsWith("(") && body.endsWith(")")) {
      body = body.substring(1, body.length() - 1);
    }
    for (String clause : body.split(",", -1)) {
      Matcher parts = CLAUSE.matcher(clause);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "Cannot read '"
                + clause
                + "' in the version constraint '"
                + text
                + "'; expected one of == != < <= > >= and a version");
      }
      constraint.add(parts.group(1), new ComparableVersion(parts.group(2)));
    }
    return constraint;
  }

  private void add(String operator, ComparableVersion bound) {
    IntPredicate holds = Objects.requireNonNull(OPERATORS.get(operator));
    clauses.add(version -> holds.test(version.compareTo(bound)));
  }

  @Override
  public boolean test(ComparableVersion version) {
    return clauses.stream().allMatch(clause -> clause.test(version));
  }
}
