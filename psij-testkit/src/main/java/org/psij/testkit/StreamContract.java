package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.psij.Job;

/** Standard streams and the working directory. */
public abstract class StreamContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected StreamContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Test
  void stdoutGoesToItsFileAndNothingElseDoes() throws InterruptedException {
    write("out.txt", "overwritten");
    assertCompletes(submit(spec("/bin/echo", "-n", "_x_").stdoutPath(folder.resolve("out.txt"))));
    assertEquals("_x_", read("out.txt"));
  }

  @Test
  void stderrGoesToItsFileAndNothingElseDoes() throws InterruptedException {
    Job job = submit(shell("printf _x_ 1>&2").stderrPath(folder.resolve("err.txt")));
    assertCompletes(job);
    assertEquals("_x_", read("err.txt"));
  }

  @Test
  void bothStreamsMayShareAFile() throws InterruptedException {
    Path both = folder.resolve("both.txt");
    Job job = submit(shell("printf a; printf b 1>&2; printf c").stdoutPath(both).stderrPath(both));
    assertCompletes(job);
    assertEquals(
        "abc",
        read("both.txt")
            .chars()
            .sorted()
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString());
  }

  @Test
  void stdinComesFromItsFile() throws InterruptedException {
    String text = UUID.randomUUID().toString();
    Path in = write("in.txt", text);
    assertCompletes(submit(spec("/bin/cat").stdinPath(in).stdoutPath(folder.resolve("out.txt"))));
    assertEquals(text, read("out.txt"));
  }

  @Test
  void stdinIsEmptyUnlessGiven() throws InterruptedException {
    assertCompletes(submit(spec("/bin/cat")));
  }

  @Test
  void relativePathsAreThoseOfTheWorkingDirectory() throws InterruptedException {
    write("sub dir/in.txt", "text");
    Job job =
        submit(
            shell("cat; pwd -P")
                .directory(folder.resolve("sub dir"))
                .stdinPath(Path.of("in.txt"))
                .stdoutPath(Path.of("out put.txt")));
    assertCompletes(job);
    assertEquals("text" + physical("sub dir") + "\n", read("sub dir/out put.txt"));
  }

  private String physical(String name) {
    try {
      return folder.resolve(name).toRealPath().toString();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void environmentDirectoryAndOutputWorkTogether() throws Exception {
    Job job =
        submit(
            spec("/bin/hostname")
                .directory(folder)
                .environmentVariable("FOOBAR", "BAZ")
                .stdoutPath(Path.of("host.txt")));
    assertCompletes(job);
    assertEquals(InetAddress.getLocalHost().getHostName(), read("host.txt").strip());
  }
}
