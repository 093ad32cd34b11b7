package org.example.psij;

import org.psij.testkit.LauncherContract;

final class NiceLauncherContractTest extends LauncherContract {
  @Override
  protected String name() {
    return "nice";
  }
}
