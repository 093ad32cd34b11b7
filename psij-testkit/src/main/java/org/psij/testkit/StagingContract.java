package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psij.FailureCause;
import org.psij.Feature;
import org.psij.Job;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;

/** Files are brought in before a job and taken out and removed after it. */
public abstract class StagingContract extends Contract {
  private static final Path OUT = Path.of("out.txt");

  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected StagingContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Override
  protected Set<Feature> needed() {
    return EnumSet.of(Feature.STAGING);
  }

  private Path jobFolder() {
    try {
      return Files.createDirectories(folder.resolve("job folder"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private StageOut to(String target, StageOutFlags... flags) {
    return new StageOut(
        OUT, folder.resolve(target), StagingMode.COPY, Set.copyOf(java.util.List.of(flags)));
  }

  private boolean exists(String name) {
    return Files.exists(folder.resolve(name));
  }

  @ParameterizedTest
  @EnumSource
  void filesAreStagedIn(StagingMode mode) throws InterruptedException {
    Path first = write("source 1", "ABCD");
    Path second = write("source 2", "EFGH");
    Job job =
        submit(
            shell("cat in1.txt subdir/in2.txt")
                .directory(jobFolder())
                .stdoutPath(folder.resolve("out"))
                .stageIn(
                    new StageIn(first, Path.of("in1.txt"), mode),
                    new StageIn(second, Path.of("subdir/in2.txt"), mode)));
    assertCompletes(job);
    assertEquals("ABCDEFGH", read("out"));
    assertEquals(mode != StagingMode.MOVE, Files.exists(first));
    assertEquals(mode == StagingMode.LINK, Files.isSymbolicLink(jobFolder().resolve("in1.txt")));
  }

  @ParameterizedTest
  @EnumSource
  void foldersAreStagedIn(StagingMode mode) throws InterruptedException {
    write("source/in3.txt", "IJKL");
    write("source/in4.txt", "MNOP");
    Job job =
        submit(
            shell("cat indir/in3.txt indir/in4.txt")
                .directory(jobFolder())
                .stdoutPath(folder.resolve("out"))
                .stageIn(new StageIn(folder.resolve("source"), Path.of("indir"), mode)));
    assertCompletes(job);
    assertEquals("IJKLMNOP", read("out"));
  }

  @ParameterizedTest
  @EnumSource
  void filesAreStagedOutOverWhatIsThere(StagingMode mode) throws InterruptedException {
    Path target = write("target", "");
    Job job =
        submit(
            shell("printf CDEF")
                .directory(jobFolder())
                .stdoutPath(OUT)
                .stageOut(new StageOut(OUT, target.toUri(), mode)));
    assertCompletes(job);
    assertEquals("CDEF", read("target"));
    assertEquals(mode != StagingMode.MOVE, Files.exists(jobFolder().resolve(OUT)));
  }

  @Test
  void jobWithoutDirectoryStagesInOneOfItsOwn() throws InterruptedException {
    Path source = write("source", "text");
    Job job =
        submit(
            shell("cat in.txt >out.txt")
                .stageIn(new StageIn(source, Path.of("in.txt"), StagingMode.COPY))
                .stageOut(to("target")));
    assertCompletes(job);
    assertEquals("text", read("target"));
  }

  @Test
  void namesWithSpecialCharactersAreStaged() throws InterruptedException {
    String odd = "it's $(odd) \"name\" #1?;&\n{{x}}";
    Path source = write(odd, "odd");
    Path target = folder.resolve("to " + odd);
    Job job =
        submit(
            spec("/bin/cat", odd)
                .directory(jobFolder())
                .stdoutPath(OUT)
                .stageIn(new StageIn(source, Path.of(odd), StagingMode.COPY))
                .stageOut(new StageOut(OUT, target, StagingMode.COPY, StageOutFlags.ALWAYS)));
    assertCompletes(job);
    assertEquals("odd", read(target.getFileName().toString()));
  }

  @Test
  void missingSourceFailsTheJobAndNothingRuns() throws InterruptedException {
    URI missing = folder.resolve("no-such-file").toUri();
    Job job =
        submit(
            shell("echo ran >ran")
                .directory(jobFolder())
                .stageIn(new StageIn(missing, Path.of("in.txt"))));
    JobStatus status = end(job);
    assertEquals(JobState.FAILED, status.getState());
    assertEquals(FailureCause.STAGING, status.getCause());
    assertTrue(String.valueOf(status.getMessage()).contains("no-such-file"), status::toString);
    assertFalse(exists("job folder/ran"));
  }

  @Test
  void filesThatAreNotPresentAreSkippedOnRequest() throws InterruptedException {
    Job job =
        submit(
            shell("printf ABC123 >out.txt")
                .directory(jobFolder())
                .stageOut(
                    to("target", StageOutFlags.IF_PRESENT),
                    new StageOut(
                        Path.of("absent"),
                        folder.resolve("target2"),
                        StagingMode.COPY,
                        Set.of(StageOutFlags.IF_PRESENT))));
    assertCompletes(job);
    assertEquals("ABC123", read("target"));
    assertFalse(exists("target2"));
  }

  @Test
  void missingOutputFailsAJobThatHadSucceeded() throws InterruptedException {
    JobStatus status = end(submit(shell("true").directory(jobFolder()).stageOut(to("target"))));
    assertEquals(JobState.FAILED, status.getState());
    assertEquals(FailureCause.STAGING, status.getCause());
    assertTrue(String.valueOf(status.getMessage()).contains("out.txt"), status::toString);
  }

  @Test
  void outputOfSuccessIsStagedOnSuccessOnly() throws InterruptedException {
    String script = "printf EFG456 >out.txt; exit ";
    Job good =
        submit(
            shell(script + 0)
                .directory(jobFolder())
                .stageOut(to("good", StageOutFlags.ON_SUCCESS)));
    assertCompletes(good);
    Job bad =
        submit(
            shell(script + 1).directory(jobFolder()).stageOut(to("bad", StageOutFlags.ON_SUCCESS)));
    assertEquals(JobState.FAILED, end(bad).getState());
    assertEquals("EFG456", read("good"));
    assertFalse(exists("bad"));
  }

  @Test
  void outputOfErrorIsStagedOnErrorOnly() throws InterruptedException {
    String script = "printf ABC >out.txt; exit ";
    Job good =
        submit(
            shell(script + 0).directory(jobFolder()).stageOut(to("good", StageOutFlags.ON_ERROR)));
    assertCompletes(good);
    Job bad =
        submit(
            shell(script + 1).directory(jobFolder()).stageOut(to("bad", StageOutFlags.ON_ERROR)));
    JobStatus status = end(bad);
    assertEquals(JobState.FAILED, status.getState());
    assertEquals(1, status.getExitCode());
    assertEquals("ABC", read("bad"));
    assertFalse(exists("good"));
  }

  @Test
  void outputOfACancelledJobIsStagedOnRequest() throws InterruptedException {
    Job job =
        submit(
            shell("printf ABC >out.txt; sleep 60")
                .directory(jobFolder())
                .stageOut(
                    to("canceled", StageOutFlags.ON_CANCEL), to("error", StageOutFlags.ON_ERROR))
                .cleanup(OUT));
    await(
        "the output",
        () -> exists("job folder/out.txt") && read("job folder/out.txt").equals("ABC"));
    job.cancel();
    assertEquals(JobState.CANCELED, end(job).getState());
    assertEquals("ABC", read("canceled"));
    assertFalse(exists("error"));
    assertFalse(exists("job folder/out.txt"));
  }

  @Test
  void filesAreRemovedAfterStageOut() throws InterruptedException {
    write("job folder/keep/file", "");
    write("job folder/tmp/file", "");
    Job job =
        submit(
            shell("printf ABC >out.txt")
                .directory(jobFolder())
                .stageOut(to("target", StageOutFlags.IF_PRESENT))
                .cleanup(OUT, Path.of("tmp"), Path.of("absent")));
    assertCompletes(job);
    assertEquals("ABC", read("target"));
    assertFalse(exists("job folder/out.txt"));
    assertFalse(exists("job folder/tmp"));
    assertTrue(exists("job folder/keep/file"));
  }

  @Test
  void filesAreRemovedOnlyWhenAskedFor() throws InterruptedException {
    Job job =
        submit(
            shell("printf ABC >out.txt; exit 1")
                .directory(jobFolder())
                .stageOut(to("target", StageOutFlags.IF_PRESENT))
                .cleanup(OUT)
                .cleanupFlags(StageOutFlags.ON_SUCCESS));
    assertEquals(JobState.FAILED, end(job).getState());
    assertEquals("ABC", read("target"));
    assertTrue(exists("job folder/out.txt"));
  }

  @Test
  void cleanupDoesNotLeaveTheWorkingDirectory() throws InterruptedException, IOException {
    write("elsewhere/precious", "x");
    write("job folder other/precious", "x");
    Files.createSymbolicLink(jobFolder().resolve("link"), folder.resolve("elsewhere"));
    Job job =
        submit(
            shell("true")
                .directory(jobFolder())
                .cleanup(Path.of("link/precious"), Path.of("link")));
    assertCompletes(job);
    assertTrue(exists("elsewhere/precious"));
    assertTrue(exists("job folder other/precious"));
    assertFalse(Files.isSymbolicLink(jobFolder().resolve("link")));
  }
}
