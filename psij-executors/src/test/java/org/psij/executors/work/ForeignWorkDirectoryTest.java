package org.psij.executors.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.PsijException;
import org.psij.SubmitException;
import org.psij.executors.SmallDisk;

/** Work directories that are full, read-only, gone, somebody else's, or that lead elsewhere. */
@Tag("attack")
final class ForeignWorkDirectoryTest {
  private static final int NOBODY = 65534;

  @TempDir Path folder;
  private Path mounted;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws IOException {
    mounted = Files.createDirectory(folder.resolve("disk"));
    disk = SmallDisk.mount(mounted, 64);
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  private WorkDirectory open() {
    return WorkDirectory.open(mounted, "batch");
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(this::open)
        .isInstanceOf(PsijException.class)
        .hasMessageContaining(mounted.resolve("batch").toString())
        .hasMessageContaining(reason);
  }

  private static long openFilesIn(Path place) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(fd -> target(fd).startsWith(place.toString())).count();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void fullDiskIsNamedAndUsableOnceItHasRoom() throws IOException {
    disk.fill();
    assertRefused("No space left on device");
    disk.free();
    try (WorkDirectory work = open()) {
      assertThat(work.root().resolve("layout")).hasContent("1");
      assertThat(work.root()).isDirectoryNotContaining("glob:**layout.*");
    }
  }

  @Test
  void readOnlyDiskIsNamedAndClosingOnItGivesUpTheOwnership() throws IOException {
    WorkDirectory work = open();
    String owner = work.owner();
    disk.makeReadOnly();
    assertRefused("Read-only file system");
    assertThatCode(work::close).doesNotThrowAnyException();
    assertThat(openFilesIn(mounted)).isZero();
    disk.makeWritable();
    try (WorkDirectory later = open()) {
      assertThat(later.isAlive(owner)).isFalse();
    }
  }

  @Test
  void directoryThatWasTakenAwayIsNotWrittenInto() throws IOException {
    try (WorkDirectory work = open()) {
      work.requirePresent();
      Path aside = mounted.resolve("aside");
      Files.move(work.root(), aside);
      assertThatThrownBy(work::requirePresent)
          .isInstanceOfSatisfying(SubmitException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageContaining(work.root().toString());
      Files.move(aside, work.root());
      assertThatCode(work::requirePresent).doesNotThrowAnyException();
    }
  }

  @Test
  void directoryOfSomebodyElseIsRefused() throws IOException {
    Path root = Files.createDirectory(mounted.resolve("batch"));
    Files.setAttribute(root, "unix:uid", NOBODY);
    assertRefused("who could change what runs");
    assertThat(openFilesIn(mounted)).isZero();
    assertThat(root.resolve("owners")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  void directoryThatOthersMayWriteToIsRefused(String permissions) throws IOException {
    Path root = Files.createDirectory(mounted.resolve("batch"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(permissions));
    assertRefused(permissions);
  }

  @Test
  void directoryMayBeALink() throws IOException {
    Path real = Files.createDirectory(mounted.resolve("real"));
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(mounted.resolve("batch"), real);
    try (WorkDirectory work = open()) {
      assertThat(real.resolve("owners").resolve(work.owner())).exists();
    }
    assertThat(mounted.resolve("batch")).isSymbolicLink();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "/etc", "", ".", "owners", "a\nb", "a\u0000b"})
  void jobOfAnotherPlaceIsNone(String id) {
    try (WorkDirectory work = open()) {
      assertThat(WorkDirectory.isJobId(id)).isFalse();
      assertThat(work.isAlive(id)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../../x", "/etc/passwd", "", ".", "a/b", "a\u0000b"})
  void idLeadsNowhereElse(String id) {
    try (WorkDirectory work = open()) {
      assertThatThrownBy(() -> work.byNativeId(id)).isInstanceOf(InvalidPathException.class);
      assertThatThrownBy(() -> work.jobDirectory(id)).isInstanceOf(InvalidPathException.class);
    }
  }

  @Test
  void fileThatCannotBeWrittenAsAWholeLeavesTheOldOne() throws IOException {
    Path file = mounted.resolve("file");
    PrivateFiles.writeAtomically(file, "old\n");
    disk.fill();
    assertThatThrownBy(() -> PrivateFiles.writeAtomically(file, "new\n"))
        .isInstanceOf(IOException.class);
    assertThat(file).hasContent("old");
    assertThat(mounted).isDirectoryNotContaining("glob:**file.*");
  }

  @Test
  void pipeIsNotTakenForAStatusFile() throws Exception {
    try (WorkDirectory work = open()) {
      JobDirectory job = work.jobDirectory(UUID.randomUUID().toString());
      PrivateFiles.createDirectories(job.path());
      Process made = new ProcessBuilder("mkfifo", job.status(1).toString()).inheritIO().start();
      assertThat(made.waitFor()).isZero();
      assertThatThrownBy(new StatusFile(job)::read).hasMessageContaining("no status file");
      assertThat(job.status(1)).exists();
    }
  }
}
