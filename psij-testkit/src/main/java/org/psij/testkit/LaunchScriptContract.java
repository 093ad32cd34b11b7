package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.psij.Feature;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;

/** Pre- and post-launch scripts are sourced around the launcher. */
public abstract class LaunchScriptContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected LaunchScriptContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Override
  protected Set<Feature> needed() {
    return EnumSet.of(Feature.PRE_POST_LAUNCH);
  }

  @Test
  void jobSeesVariablesThatThePreLaunchScriptExports() throws InterruptedException {
    Path pre = write("pre.sh", "export FROM_PRE='a b'\n");
    assertCompletes(submit(shell("[ \"$FROM_PRE\" = 'a b' ]").preLaunch(pre)));
  }

  @Test
  void jobSeesFunctionsThatThePreLaunchScriptExports() throws InterruptedException {
    Assumptions.assumeTrue(launcher().isDirect(), "left out: not every launcher passes them on");
    Path pre =
        write(
            "pre launch.sh",
            """
            xmodule() {
              if [ "$1" = load ]; then export XMODULE="$2"; else [ "$XMODULE" = "$2" ]; fi
            }
            export -f xmodule
            xmodule load test
            """);
    assertCompletes(submit(spec("/bin/bash", "-c", "xmodule is-loaded test").preLaunch(pre)));
  }

  @Test
  void postLaunchScriptRunsAfterTheJobInTheSameShell() throws InterruptedException {
    Path pre = write("pre.sh", "from_pre=yes\n");
    Path post = write("post.sh", "echo \"$from_pre\" >>'" + folder.resolve("log") + "'\n");
    Job job =
        submit(shell("echo job >>'" + folder.resolve("log") + "'").preLaunch(pre).postLaunch(post));
    assertCompletes(job);
    assertEquals("job\nyes\n", read("log"));
  }

  @Test
  void exitCodeOfTheJobSurvivesThePostLaunchScript() throws InterruptedException {
    Path post = write("post.sh", "true\n");
    assertEquals(3, end(submit(shell("exit 3").postLaunch(post))).getExitCode());
  }

  @Test
  void failingPreLaunchScriptFailsTheJobAndSaysSo() throws InterruptedException {
    Path pre = write("pre.sh", "exit 7\n");
    JobStatus status =
        end(submit(shell("echo ran >'" + folder.resolve("ran") + "'").preLaunch(pre)));
    assertEquals(JobState.FAILED, status.getState());
    assertEquals(7, status.getExitCode());
    assertTrue(String.valueOf(status.getMessage()).contains("pre-launch"), status::toString);
    assertFalse(Files.exists(folder.resolve("ran")));
  }

  @Test
  void failingPostLaunchScriptFailsTheJobAndSaysSo() throws InterruptedException {
    Path post = write("post.sh", "return 8\n");
    JobStatus status = end(submit(shell("true").postLaunch(post)));
    assertEquals(JobState.FAILED, status.getState());
    assertEquals(8, status.getExitCode());
    assertTrue(String.valueOf(status.getMessage()).contains("post-launch"), status::toString);
  }

  @Test
  void whatTheScriptsPrintDoesNotReachTheJobsOutput() throws InterruptedException {
    Path pre = write("pre.sh", "echo noise; echo noise >&2\n");
    Job job =
        submit(
            shell("printf output; printf error >&2")
                .preLaunch(pre)
                .stdoutPath(folder.resolve("out"))
                .stderrPath(folder.resolve("err")));
    assertCompletes(job);
    assertEquals("output", read("out"));
    assertEquals("error", read("err"));
  }

  @Test
  void muchOrOddOutputOfAPreLaunchScriptStallsNothing() throws InterruptedException {
    Path pre = write("pre.sh", "head -c 300000 /dev/zero | tr '\\0' x; printf '\\377\\376'\n");
    assertCompletes(submit(spec("/bin/true").preLaunch(pre)));
  }

  @Test
  void backgroundProcessOfAPreLaunchScriptStallsNothing() throws InterruptedException {
    Path pre = write("pre.sh", "sleep 20 &\n");
    Job job = submit(spec("/bin/true").preLaunch(pre));
    Job other = submit(spec("/bin/true"));
    assertCompletes(other);
    assertCompletes(job);
  }
}
