package org.psij.launchers;

import org.psij.testkit.LauncherContract;

final class SingleLauncherContractTest extends LauncherContract {
  @Override
  protected String name() {
    return "single";
  }
}
