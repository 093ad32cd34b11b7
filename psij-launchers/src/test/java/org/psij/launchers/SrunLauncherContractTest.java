package org.psij.launchers;

import org.psij.testkit.LauncherContract;

final class SrunLauncherContractTest extends LauncherContract {
  @Override
  protected String name() {
    return "srun";
  }
}
