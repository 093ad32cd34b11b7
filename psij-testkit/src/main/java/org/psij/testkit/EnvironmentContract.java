package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.psij.Job;

/** The environment of a job. */
public abstract class EnvironmentContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected EnvironmentContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Test
  void variablesAreSet() throws InterruptedException {
    Job job =
        submit(
            shell("printf '%s%s' \"$TEST_VAR\" \"$TEST_INT\"")
                .environment(Map.of("TEST_INT", "1", "TEST_VAR", "_y_"))
                .stdoutPath(folder.resolve("out.txt")));
    assertCompletes(job);
    assertEquals("_y_1", read("out.txt"));
  }

  @Test
  void valuesArriveAsTheyAre() throws InterruptedException {
    Map<String, String> hostile = new LinkedHashMap<>();
    hostile.put("T0", "");
    hostile.put("T1", "a b");
    hostile.put("T2", "it's \"quoted\"");
    hostile.put("T3", "$HOME `id` $(id) ${T1}");
    hostile.put("T4", "line\nbreak\n");
    hostile.put("T5", "back\\slash *?[a] {{T1}} ;&|<>#!~");
    Job job =
        submit(
            shell("printf '[%s]' \"$T0\" \"$T1\" \"$T2\" \"$T3\" \"$T4\" \"$T5\"")
                .environment(hostile)
                .stdoutPath(folder.resolve("out.txt")));
    assertCompletes(job);
    assertEquals("[" + String.join("][", hostile.values()) + "]", read("out.txt"));
  }

  @Test
  void nothingElseIsSetUnlessInherited() throws InterruptedException {
    assumeTrue(launcher().isDirect(), "left out: other launchers add variables of their own");
    Job job =
        submit(
            spec("/usr/bin/env", "-0")
                .inheritEnvironment(false)
                .environment(Map.of("A", "1", "B.C", "2", "PWD", "/nowhere"))
                .stdoutPath(folder.resolve("out.txt")));
    assertCompletes(job);

    Map<String, String> seen = variables(read("out.txt"));
    assertEquals("1", seen.remove("A"));
    assertEquals("2", seen.remove("B.C"));
    assertEquals("/nowhere", seen.remove("PWD"));
    seen.keySet().removeIf(name -> name.startsWith("PSIJ_") || isVariableOfTheSystem(name));
    assertEquals(Map.of(), seen);
  }

  @Test
  void submittersVariablesAreInherited() throws InterruptedException {
    Job job = submit(spec("/usr/bin/env", "-0").stdoutPath(folder.resolve("out.txt")));
    assertCompletes(job);
    assertTrue(variables(read("out.txt")).containsKey("PATH"));
  }

  @Test
  void namesThatNoShellCanExportAreSet() throws InterruptedException {
    Job job =
        submit(
            spec("/usr/bin/env", "-0")
                .environment(Map.of("A.B", "x y", "UID", "not a number"))
                .stdoutPath(folder.resolve("out.txt")));
    assertCompletes(job);
    Map<String, String> seen = variables(read("out.txt"));
    assertEquals("x y", seen.get("A.B"));
    assertEquals("not a number", seen.get("UID"));
  }

  private static Map<String, String> variables(String printed) {
    Map<String, String> variables = new TreeMap<>();
    for (String variable : printed.split("\0", -1)) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        variables.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return variables;
  }
}
