package org.psij.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.psij.FailureCause;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.JobState;
import org.psij.JobStatus;
import org.psij.ResourceSpecV1;
import org.psij.SubmitException;

/** Jobs run, with the arguments and to the end that was theirs. */
public abstract class SubmissionContract extends Contract {
  /**
   * Creates the tests.
   *
   * @param underTest the executor to test
   */
  protected SubmissionContract(ExecutorUnderTest underTest) {
    super(underTest);
  }

  @Test
  void jobCompletes() throws InterruptedException {
    assertCompletes(submit(spec("/bin/date")));
  }

  @Test
  void jobThatReturnsAnotherExitCodeFails() throws InterruptedException {
    JobStatus status = end(submit(spec("/bin/false")));

    assertEquals(JobState.FAILED, status.getState());
    assertEquals(1, status.getExitCode());
    assertEquals(FailureCause.EXIT_CODE, status.getCause());
  }

  @Test
  void exitCodeIsTheOneOfTheJob() throws InterruptedException {
    assertEquals(3, end(submit(shell("exit 3"))).getExitCode());
  }

  @Test
  void missingExecutableIsRefusedOrFails() throws InterruptedException {
    Job job = new Job(spec("/bin/no_such_file_or_directory").build());
    try {
      executor.submit(job);
    } catch (SubmitException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("/bin/no_such_file_or_directory"));
      assertEquals(JobState.NEW, job.getStatus().getState());
      return;
    }
    JobStatus status = end(job);
    assertEquals(JobState.FAILED, status.getState());
    assertNotEquals(0, status.getExitCode());
  }

  @Test
  void executableIsFoundInThePath() throws InterruptedException {
    assertCompletes(submit(spec("true")));
  }

  @Test
  void jobsMayShareOneSpec() throws InterruptedException {
    JobSpec spec = spec("/bin/sleep", "1").build();
    Job first = new Job(spec);
    Job second = new Job(spec);
    executor.submit(first);
    executor.submit(second);

    assertCompletes(first);
    assertCompletes(second);
  }

  @Test
  void nativeIdIsSetAndListedOnceSubmitted() throws InterruptedException {
    Job job = submit(spec("/bin/sleep", "4"));

    String nativeId = job.getNativeId();
    assertNotNull(nativeId);
    assertEquals(executor, job.getExecutor());
    await(nativeId + " in the list", () -> executor.list().contains(nativeId));
    job.cancel();
    end(job);
  }

  @Test
  void argumentsArriveAsTheyAre() throws InterruptedException {
    String[] hostile = {
      "",
      " ",
      "a b",
      "it's",
      "\"quoted\"",
      "$HOME",
      "`id`",
      "$(id)",
      "a\\b",
      "line\nbreak",
      "tab\t",
      "*",
      "?",
      "[a]",
      "~",
      "#",
      "&",
      "|",
      ";",
      "<",
      ">",
      "!",
      "{{name}}",
      "{a,b}",
      "-n",
      "--",
      "a=b",
      ":",
      "%s",
      "\u001b[0m"
    };
    String print = "for argument; do printf '[%s]' \"$argument\"; done";
    List<String> arguments = new ArrayList<>(List.of("-c", print, "sh"));
    Collections.addAll(arguments, hostile);

    Job job =
        submit(spec("/bin/sh").arguments(arguments).stdoutPath(folder.resolve("arguments.txt")));

    assertCompletes(job);
    assertEquals("[" + String.join("][", hostile) + "]", read("arguments.txt"));
  }

  @Test
  void textIsUtf8WhateverTheLocale() throws InterruptedException {
    String text = "\u00fc \u65e5\u672c\u8a9e \ud83d\ude00";
    Job job =
        submitUnlessLocaleForbids(
            shell("printf '%s|%s' \"$TEXT\" \"$0\"")
                .arguments("-c", "printf '%s|%s' \"$TEXT\" \"$0\"", text)
                .environmentVariable("TEXT", text)
                .stdoutPath(folder.resolve("text.txt")));

    assertCompletes(job);
    assertEquals(text + "|" + text, read("text.txt"));
  }

  /** An executor may refuse what the locale cannot carry; it must not run something else. */
  private Job submitUnlessLocaleForbids(JobSpec.Builder spec) {
    try {
      return submit(spec);
    } catch (InvalidJobException e) {
      if ("UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
        throw e;
      }
      return Assumptions.abort(
          "left out: the executor '" + executor.getName() + "' needs a UTF-8 locale: " + e);
    }
  }

  @Test
  void nextJobsAreSubmittedFromCallbacks()
      throws InterruptedException, ExecutionException, TimeoutException {
    Queue<Job> waiting = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(new Job(spec("/bin/sleep", "0").build()));
    }
    List<Job> jobs = List.copyOf(waiting);
    executor.setJobStatusCallback(
        (job, status) -> {
          Job next = status.isFinal() ? waiting.poll() : null;
          if (next != null) {
            executor.submit(next);
          }
        });
    Queue<Job> first = new ArrayDeque<>();
    for (int i = 0; i < 3; i++) {
      first.add(waiting.remove());
    }
    first.forEach(executor::submit);

    for (Job job : jobs) {
      JobStatus status = job.onFinal().get(patience().toMillis(), TimeUnit.MILLISECONDS);
      assertEquals(0, status.getExitCode());
    }
  }

  @Test
  void executorMayBeUsedByAnotherThread()
      throws InterruptedException, ExecutionException, TimeoutException {
    JobSpec.Builder spec = spec("/bin/true");

    Job job =
        CompletableFuture.supplyAsync(() -> submit(spec))
            .get(patience().toMillis(), TimeUnit.MILLISECONDS);

    assertCompletes(job);
  }

  @Test
  void durationMayHaveAFraction() throws InterruptedException {
    JobAttributes attributes = spec("x").build().getAttributes();
    Job job =
        submit(
            spec("/bin/date")
                .attributes(attributes.toBuilder().duration(Duration.ofMillis(3_700_500)).build()));

    assertCompletes(job);
  }

  @Test
  void memoryMayBeAskedFor() throws InterruptedException {
    assertCompletes(
        submit(
            spec("/bin/hostname").resources(ResourceSpecV1.builder().memory(100L << 20).build())));
  }

  @Test
  void versionIsTheOneOfTheDescriptor() {
    assertTrue(executor.getVersion().matches("[0-9]+(\\.[0-9]+)*.*"), executor.getVersion());
  }
}
