package org.psij.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The psij command in this JVM, for what starts no job. */
final class CommandInThisJvm {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  int run(String... arguments) {
    CommandLine psij = Main.commandLine(arguments);
    psij.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return psij.execute(arguments);
  }

  /** What has been printed so far. */
  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
