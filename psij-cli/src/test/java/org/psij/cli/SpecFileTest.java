package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psij.InvalidJobException;
import org.psij.PsijException;

/** Files that are given as specifications and are none. */
class SpecFileTest {
  @TempDir private Path folder;

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    Path noText = Files.write(folder.resolve("latin1.json"), new byte[] {'{', '"', (byte) 0xe9});
    for (Path file : new Path[] {noText, folder, folder.resolve("missing")}) {
      assertThatThrownBy(() -> JobOptions.load(file))
          .isExactlyInstanceOf(PsijException.class)
          .hasMessageStartingWith("Cannot read " + file);
    }
  }

  @Test
  void aFileWithoutEndIsRefused() {
    assertThatThrownBy(() -> JobOptions.load(Path.of("/dev/zero")))
        .isExactlyInstanceOf(InvalidJobException.class)
        .hasMessageStartingWith("Not a JSON document");
  }
}
