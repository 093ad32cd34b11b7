package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;

/**
 * The commands of launchers hand on every argument. The mpirun and the srun here are fakes that
 * start one process and, as the real ones do, take a lone colon for the start of another program.
 */
final class HostileLaunchersTest {
  private static final String FAKE =
      """
      #!/bin/sh
      if [ "$1" = --version ]; then
        echo HYDRA
        exit
      fi
      for word; do
        [ "$word" != : ] || exit 1
      done
      while case $1 in -*) true ;; *) false ;; esac; do
        shift 2
      done
      exec "$@"
      """;

  private static HostileFolder folder;
  private static int cases;

  @BeforeContainer
  static void open() throws IOException {
    folder = new HostileFolder();
    Files.createDirectory(folder.work());
    write("mpirun", FAKE);
    write("srun", FAKE);
    write("receiver", Receiver.SCRIPT);
  }

  private static void write(String name, String script) throws IOException {
    Path file = Files.writeString(folder.work().resolve(name), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterContainer
  static void close() throws IOException {
    folder.assertNobodyObeyed();
    folder.close();
    System.out.printf("%d hostile arguments through the commands of launchers%n", cases);
  }

  @Provide
  Arbitrary<List<String>> values() {
    return HostileText.values().list().ofSize(40);
  }

  @Provide
  Arbitrary<String> launchers() {
    return Arbitraries.of("multiple", "mpirun", "srun");
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void handOnEveryArgument(
      @ForAll("values") List<String> arguments, @ForAll("launchers") String launcher)
      throws Exception {
    Job job =
        new Job(
            JobSpec.builder(folder.work().resolve("receiver").toString())
                .arguments(arguments)
                .build());
    Path out = folder.forJob().resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(Launcher.getInstance(launcher).getLaunchCommand(job))
            .directory(out.getParent().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().merge("PATH", folder.work() + ":", (path, first) -> first + path);
    assertThat(builder.start().waitFor(1, TimeUnit.MINUTES)).isTrue();
    // the last line is what the receiver says to the standard error
    Files.writeString(out, Files.readString(out).replace(Receiver.ERROR, ""));
    assertThat(Receiver.read(out).arguments()).isEqualTo(arguments);
    cases += arguments.size();
  }
}
