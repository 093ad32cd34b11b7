package org.psij;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.psij.Refusals.assertRefused;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.serialize.JsonJobSpecSerializer;

/** A file may have a name that is no text; as text, it would be the name of another file. */
final class PathsThatAreNoTextTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void makeFileWithLatin1Name() throws Exception {
    byte[] name = "caf\u00e9".getBytes(ISO_8859_1);
    String octal = String.format("caf\\%o", name[3] & 0xff);
    new ProcessBuilder("/bin/sh", "-c", ": >\"$(printf '" + octal + "')\"")
        .directory(folder.toFile())
        .start()
        .waitFor();
    path = onlyFile();
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void areRefusedWithTheirField() {
    JobSpec.Builder spec = JobSpec.builder("/bin/true");
    assertRefused("directory", () -> spec.directory(path).build());
    spec.directory(null);
    assertRefused("stdin_path", () -> spec.stdinPath(path).build());
    spec.stdinPath(null);
    assertRefused("stdout_path", () -> spec.stdoutPath(path).build());
    spec.stdoutPath(null);
    assertRefused("stderr_path", () -> spec.stderrPath(path).build());
    spec.stderrPath(null);
    assertRefused("pre_launch", () -> spec.preLaunch(path).build());
    spec.preLaunch(null);
    assertRefused("post_launch", () -> spec.postLaunch(path).build());
    spec.postLaunch(null);
    assertRefused("cleanup", () -> spec.cleanup(path.getFileName()).build());
  }

  @Test
  void areRefusedWhereFilesAreStaged() {
    URI place = URI.create("file:///x");
    Path name = path.getFileName();
    assertRefused("stage_in.target", () -> new StageIn(place, name, StagingMode.COPY));
    assertRefused(
        "stage_out.source",
        () -> new StageOut(name, place, StagingMode.COPY, EnumSet.allOf(StageOutFlags.class)));
    assertRefused(
        "stage_in.source", () -> new StageIn(path.toUri(), Path.of("x"), StagingMode.COPY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "stdin_path", "stdout_path", "stderr_path", "pre_launch"})
  void areRefusedInDocuments(String field) {
    String document = "{\"executable\": \"x\", \"" + field + "\": \"a\\u0000b\"}";
    assertRefused(field, () -> new JsonJobSpecSerializer().loads(document));
  }
}
