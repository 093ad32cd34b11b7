package org.psij.launchers;

import org.psij.testkit.LauncherContract;

final class MultipleLauncherContractTest extends LauncherContract {
  @Override
  protected String name() {
    return "multiple";
  }
}
