package org.psij.executors.local;

import org.psij.executors.ClientKillTest;

/** Killed clients of the local executor, whose jobs outlive them. */
final class LocalClientKillTest extends ClientKillTest {
  LocalClientKillTest() {
    super("local");
  }
}
