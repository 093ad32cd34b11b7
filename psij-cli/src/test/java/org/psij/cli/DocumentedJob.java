package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What docs/schedulers.md says of the fields of a job. */
final class DocumentedJob {
  private DocumentedJob() {}

  /** The heads of the columns. */
  static List<String> dialects() {
    return table("fields").get(0).stream().skip(1).map(head -> head.replace("`", "")).toList();
  }

  /** A cell for each dialect. */
  static List<String> field(String method) {
    return row("fields", "`" + method + "(");
  }

  static List<String> attribute(String name) {
    return row("custom attributes", "`" + name + "` ");
  }

  private static List<String> row(String table, String head) {
    List<List<String>> rows =
        table(table).stream().filter(row -> row.get(0).startsWith(head)).toList();
    assertThat(rows).as("rows of %s", head).hasSize(1);
    return rows.get(0).subList(1, rows.get(0).size());
  }

  private static List<List<String>> table(String name) {
    String text = read();
    int begin = text.indexOf("<!-- " + name + ": made by a test -->");
    return text.substring(begin, text.indexOf("<!-- end of " + name + " -->"))
        .lines()
        .filter(line -> line.startsWith("|"))
        .map(line -> Stream.of(line.split("(?<!\\\\)\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  private static String read() {
    try {
      return Files.readString(Path.of("../docs/schedulers.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
