package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.Launcher;
import org.psij.ResourceSpecV1;

/** What holds for every launcher, whether its program is installed or not. */
@Tag("contract")
public abstract class LauncherContract {
  /** Creates the tests. */
  protected LauncherContract() {}

  /**
   * Names the launcher to test.
   *
   * @return the name by which the registry finds it
   */
  protected abstract String name();

  private Launcher launcher() {
    return Launcher.getInstance(name());
  }

  private static Job job(String executable, String... arguments) {
    return new Job(
        JobSpec.builder(executable)
            .arguments(arguments)
            .resources(ResourceSpecV1.builder().processCount(2).build())
            .build());
  }

  @Test
  void isFoundByItsName() {
    assertEquals(name(), launcher().getName());
    assertNotNull(launcher().getVersion());
    assertTrue(Launcher.getLauncherNames().contains(name()));
  }

  @Test
  void commandEndsWithExecutableAndArgumentsAsTheyAre() {
    List<String> command = launcher().getLaunchCommand(job("/bin/echo", "a b", "", "$x", "it's"));
    assertEquals(
        List.of("/bin/echo", "a b", "", "$x", "it's"),
        command.subList(command.size() - 5, command.size()));
  }

  @Test
  void directMeansNothingAroundTheExecutable() {
    List<String> command = launcher().getLaunchCommand(job("/bin/echo", "a"));
    assertEquals(launcher().isDirect(), command.equals(List.of("/bin/echo", "a")));
  }

  @Test
  void commandIsTheSameEachTime() {
    Job job = job("/bin/true");
    assertEquals(launcher().getLaunchCommand(job), launcher().getLaunchCommand(job));
    assertFalse(launcher().getLaunchCommand(job).isEmpty());
  }

  @Test
  void jobWithoutExecutableIsRefused() {
    assertThrows(InvalidJobException.class, () -> launcher().getLaunchCommand(new Job()));
    Job empty = new Job(JobSpec.builder().build());
    assertThrows(InvalidJobException.class, () -> launcher().getLaunchCommand(empty));
  }

  @Test
  void messagesOfTheJobAreNotTakenForItsOwn() {
    assertNull(launcher().explainFailure(1, ""));
    assertNull(launcher().explainFailure(1, "error: my own program failed\n"));
  }
}
