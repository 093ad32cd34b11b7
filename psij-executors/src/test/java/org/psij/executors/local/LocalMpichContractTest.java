package org.psij.executors.local;

final class LocalMpichContractTest extends LocalMpirunContract {
  LocalMpichContractTest() {
    super(MpiInstallation.MPICH);
  }
}
