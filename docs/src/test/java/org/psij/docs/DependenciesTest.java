package org.psij.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/dependencies.md lists what the build lets in. */
final class DependenciesTest {
  private static final Pattern ENFORCED =
      Pattern.compile("<include>(\\S+:\\S+):\\[(\\S+)]</include>");
  private static final Pattern LISTED =
      Pattern.compile("(?m)^\\| (\\S+:\\S+) \\| (\\S+) \\| .+ \\| .+ \\|$");

  @Test
  void theListIsTheOneThatTheBuildEnforces() throws IOException {
    Set<String> enforced = found(ENFORCED, Path.of("../psij-cli/pom.xml"));

    assertThat(enforced).hasSizeGreaterThan(8);
    assertThat(found(LISTED, Path.of("dependencies.md"))).isEqualTo(enforced);
  }

  private static Set<String> found(Pattern pattern, Path file) throws IOException {
    List<String> found =
        pattern
            .matcher(Files.readString(file))
            .results()
            .map(match -> match.group(1) + " " + match.group(2))
            .collect(Collectors.toList());
    return new TreeSet<>(found);
  }
}
