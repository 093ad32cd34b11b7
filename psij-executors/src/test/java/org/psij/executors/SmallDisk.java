package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk of its own that fills, becomes read-only, and goes away. It takes root to make one: who
 * may not has the test skipped with that reason, or failed where {@code CI} is set.
 */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private boolean readOnly;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes a disk.
   *
   * @param folder where it is mounted, which must be there
   * @param kilobytes its size
   */
  public static SmallDisk mount(Path folder, int kilobytes) {
    String problem =
        command("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k,mode=0700", "disk", folder);
    if (problem.isEmpty()) {
      return new SmallDisk(folder);
    }
    String reason = "no disk can be mounted, which needs root: " + problem;
    if (System.getenv("CI") != null) {
      Assertions.fail(reason);
    }
    System.out.println("skipped: " + reason);
    return Assumptions.abort(reason);
  }

  /** Leaves no byte free. */
  public void fill() throws IOException {
    byte[] page = new byte[4096];
    try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
      while (true) {
        filler.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  /** Gives back what {@link #fill} took. */
  public void free() throws IOException {
    Files.delete(folder.resolve("filler"));
  }

  /** Refuses to open anything for writing from now on; what is open stays so. */
  public void makeReadOnly() {
    assertThat(command("mount", "--bind", folder, folder)).isEmpty();
    readOnly = true;
    assertThat(command("mount", "-o", "remount,bind,ro", folder)).isEmpty();
  }

  /** Takes writing again. */
  public void makeWritable() {
    assertThat(command("umount", "-l", folder)).isEmpty();
    readOnly = false;
  }

  private static String command(Object... words) {
    try {
      List<String> command = java.util.Arrays.stream(words).map(String::valueOf).toList();
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : output + " (" + process.exitValue() + ")";
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Takes the disk away, even from under processes that still use it. */
  @Override
  public void close() {
    if (readOnly) {
      makeWritable();
    }
    assertThat(command("umount", "-l", folder)).isEmpty();
  }
}
