package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can stand where a file of the library has been. */
public enum Damage {
  EMPTY(""),
  ZEROS("\0\0\0\0"),
  GARBAGE("{\"]}\u001b[0m '; rm -rf /; \ufffd"),
  OPTION("--all"),
  WORD_FOR_ALL("all"),
  PATH("../../../etc/passwd"),
  LONG("x".repeat(5 << 20)),
  LONG_LINES("1.5 COMPLETED exit=0 x".repeat(1 << 18) + "\n"),
  NO_TEXT("") {
    @Override
    public void to(Path file) throws IOException {
      Files.write(file, new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '\n'});
    }
  },
  FOLDER("") {
    @Override
    public void to(Path file) throws IOException {
      Files.deleteIfExists(file);
      Files.createDirectories(file.resolve("below"));
    }
  },
  PIPE("") {
    @Override
    public void to(Path file) throws IOException {
      Files.deleteIfExists(file);
      try {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  },
  ENDLESS("") {
    @Override
    public void to(Path file) throws IOException {
      Files.deleteIfExists(file);
      Files.createSymbolicLink(file, Path.of("/dev/zero"));
    }
  },
  DANGLING("") {
    @Override
    public void to(Path file) throws IOException {
      Files.deleteIfExists(file);
      Files.createSymbolicLink(file, file.resolveSibling("nowhere"));
    }
  };

  private final String content;

  Damage(String content) {
    this.content = content;
  }

  /** Puts it there. */
  public void to(Path file) throws IOException {
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
