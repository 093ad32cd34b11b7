package org.psij.executors;

import java.time.Duration;

/** Whether attacks run long, as with the profile {@code soak}, or short, as with every build. */
public final class Soak {
  private Soak() {}

  /** Tells whether attacks run long. */
  public static boolean isOn() {
    return Boolean.getBoolean("psij.soak");
  }

  /** Chooses how many cases to try. */
  public static int cases(int inEveryBuild, int inSoak) {
    return isOn() ? inSoak : inEveryBuild;
  }

  /** Chooses how long to try. */
  public static Duration lasting(Duration inEveryBuild, Duration inSoak) {
    return isOn() ? inSoak : inEveryBuild;
  }
}
