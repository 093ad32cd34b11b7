package org.psij.launchers;

import org.psij.testkit.LauncherContract;

final class MpirunLauncherContractTest extends LauncherContract {
  @Override
  protected String name() {
    return "mpirun";
  }
}
