package org.psij.example;

/** Tells where it was loaded from; plug-ins of tests bring another version of this class. */
public final class Origin {
  private Origin() {}

  public static String name() {
    return "class path";
  }
}
