package org.psij.executors.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** An MPI of this machine: Debian installs them side by side, as mpirun.NAME and mpicc.NAME. */
enum MpiInstallation {
  OPENMPI,
  MPICH;

  private Path program(String name) {
    return Path.of("/usr/bin/" + name + "." + name().toLowerCase(java.util.Locale.ROOT));
  }

  /** Skips the test on a machine without it; in CI that is a failure. */
  void require() {
    boolean present = Files.exists(program("mpirun")) && Files.exists(program("mpicc"));
    if (System.getenv("CI") != null) {
      Assertions.assertTrue(present, this + " must be installed in CI");
    }
    Assumptions.assumeTrue(present, this + " is not installed (see CONTRIBUTING.md)");
  }

  /** A PATH on which mpirun is the one of this installation. */
  String path(Path folder) throws IOException {
    Path bin = folder.resolve(name());
    Path mpirun = bin.resolve("mpirun");
    if (!Files.exists(mpirun)) {
      Files.createDirectories(bin);
      // not a link: Hydra looks for its other programs beside the name it is called by
      Files.writeString(mpirun, "#!/bin/sh\nexec " + program("mpirun") + " \"$@\"\n");
      Files.setPosixFilePermissions(mpirun, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return bin + ":" + System.getenv("PATH");
  }

  /** Compiles a program that prints its rank. */
  Path compileHello(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("mpi_hello.c");
    Files.copy(Path.of("src/test/resources/mpi_hello.c"), source);
    Path hello = folder.resolve("mpi_hello");
    Process compiler =
        new ProcessBuilder(program("mpicc").toString(), source.toString(), "-o", hello.toString())
            .inheritIO()
            .start();
    Assertions.assertEquals(0, compiler.waitFor(), "mpicc");
    return hello;
  }
}
