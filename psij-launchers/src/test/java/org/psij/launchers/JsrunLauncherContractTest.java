package org.psij.launchers;

import org.psij.testkit.LauncherContract;

final class JsrunLauncherContractTest extends LauncherContract {
  @Override
  protected String name() {
    return "jsrun";
  }
}
