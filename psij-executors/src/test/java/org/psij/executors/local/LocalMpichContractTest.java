package org.psij.executors.local;

import org.junit.jupiter.api.Tag;

/**
 * Alone, since mpiexec of MPICH 4.0.2 dies of SIGPIPE now and then (by itself 3 times in 600) if
 * several run at once and their processes end before it has passed on the end of its input.
 */
@Tag("alone")
final class LocalMpichContractTest extends LocalMpirunContract {
  LocalMpichContractTest() {
    super(MpiInstallation.MPICH);
  }
}
