package org.psij.executors.local;

final class LocalOpenMpiContractTest extends LocalMpirunContract {
  LocalOpenMpiContractTest() {
    super(MpiInstallation.OPENMPI);
  }
}
