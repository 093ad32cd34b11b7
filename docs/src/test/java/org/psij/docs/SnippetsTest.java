package org.psij.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every Java block of the documents stands, but for indentation, in a source that is compiled. */
final class SnippetsTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final List<Path> SOURCES =
      List.of(Path.of("src/test/java"), Path.of("../META-INF-services-examples/src"));

  @Test
  void everyJavaBlockIsCompiled() {
    String sources =
        files(SOURCES.stream(), ".java").map(SnippetsTest::words).collect(Collectors.joining(" "));
    List<String> blocks = new ArrayList<>();
    files(Stream.of(Path.of("../README.md"), Path.of("."), Path.of("../CONTRIBUTING.md")), ".md")
        .forEach(
            document -> {
              Matcher block = BLOCK.matcher(read(document));
              while (block.find()) {
                blocks.add(block.group(1));
              }
            });
    assertThat(blocks).hasSizeGreaterThan(8);
    assertThat(blocks).allSatisfy(block -> assertThat(sources).contains(words(block)));
  }

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    files(Stream.of(Path.of("../README.md"), Path.of("../CONTRIBUTING.md"), Path.of(".")), ".md")
        .forEach(
            document -> {
              Matcher target = link.matcher(read(document));
              while (target.find()) {
                assertThat(document.resolveSibling(target.group(1))).as("in %s", document).exists();
              }
            });
  }

  /**
   * {@code Class.method} or, abbreviated, {@code Class.method…}; a bare method is of the class
   * before.
   */
  @Test
  void everyTestNamedInTheDocumentsExists() {
    Pattern name =
        Pattern.compile("`(?:(\\w+(?:Test|Contract))|(\\w+(?:Test|Contract))\\.(\\w+)(…?))`");
    List<Path> tests =
        files(Stream.of(Path.of("..")), ".java")
            .filter(file -> file.toString().contains("psij"))
            .toList();
    Matcher named = name.matcher(read(Path.of("contract-tests.md")));
    int found = 0;
    while (named.find()) {
      String type = named.group(1) == null ? named.group(2) : named.group(1);
      String source =
          tests.stream()
              .filter(file -> file.endsWith(type + ".java"))
              .map(SnippetsTest::read)
              .findFirst()
              .orElse("");
      String declared =
          named.group(3) == null
              ? "class " + type
              : " " + named.group(3) + (named.group(4).isEmpty() ? "(" : "");
      assertThat(source).as(named.group()).contains(declared);
      found++;
    }
    assertThat(found).isGreaterThan(50);
  }

  private static Stream<Path> files(Stream<Path> roots, String suffix) {
    return roots
        .filter(Files::exists)
        .flatMap(root -> filesBelow(root).stream())
        .filter(file -> file.toString().endsWith(suffix) && !file.toString().contains("target"));
  }

  private static List<Path> filesBelow(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String words(Path file) {
    return words(read(file));
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
