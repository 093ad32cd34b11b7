package org.psij.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentTest {
  private static final String TEXT =
      """
      by hand
      <!-- begin: psij-benchmarks/run json -->
      old
      <!-- end: psij-benchmarks/run json -->
      between
      <!-- begin: psij-benchmarks/run local -->
      <!-- end: psij-benchmarks/run local -->
      last
      """;

  @TempDir Path folder;

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("performance.md"), TEXT);
  }

  @Test
  void aCommandReplacesItsOwnPartAndNothingElse() throws IOException {
    Path file = file();

    new Document(file).replace("json", "new\n");

    assertThat(file).content().isEqualTo(TEXT.replace("old", "\nnew\n"));
  }

  @Test
  void whatWasWrittenIsReplacedTheNextTime() throws IOException {
    Path file = file();
    Document document = new Document(file);

    document.replace("local", "first");
    document.replace("local", "second");
    String twice = Files.readString(file);
    Files.writeString(file, TEXT);
    document.replace("local", "second");

    assertThat(file).content().isEqualTo(twice).contains("second");
  }

  @Test
  void aDocumentWithoutItsPlaceIsRefusedAndLeftAsItIs() throws IOException {
    Path file = file();

    assertThatThrownBy(() -> new Document(file).replace("slurm", "new"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("slurm");
    assertThat(file).content().isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "slurm", "json", "states", "scale"})
  void theDocumentHasAPlaceForEachCommand(String command) throws IOException {
    Path copy = folder.resolve("copy.md");
    Files.copy(Path.of("../docs/performance.md"), copy);

    new Document(copy).replace(command, "measured");

    assertThat(copy).content().contains("measured");
  }
}
