package org.psij.launchers;

import org.psij.testkit.LauncherContract;

final class AprunLauncherContractTest extends LauncherContract {
  @Override
  protected String name() {
    return "aprun";
  }
}
