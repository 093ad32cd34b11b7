package org.psij.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every test that {@code reliability.md} names is there. */
final class ReliabilityTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

  @TestFactory
  Stream<DynamicTest> namedTestIsThere() throws IOException {
    Map<String, Path> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      files
          .filter(file -> file.toString().matches(".*/src/test/.*Test\\.java"))
          .forEach(file -> tests.put(file.getFileName().toString(), file));
    }
    return NAMED
        .matcher(Files.readString(Path.of("reliability.md")))
        .results()
        .map(name -> DynamicTest.dynamicTest(name.group(), () -> check(name, tests)));
  }

  private static void check(MatchResult name, Map<String, Path> tests) throws IOException {
    Path file = tests.get(name.group(1) + ".java");
    assertThat(file).as(name.group(1)).isNotNull();
    if (name.group(2) != null) {
      assertThat(Files.readString(file)).contains("void " + name.group(2) + "(");
    }
  }
}
