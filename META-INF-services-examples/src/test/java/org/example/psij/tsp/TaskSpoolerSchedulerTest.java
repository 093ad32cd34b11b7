package org.example.psij.tsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.SubmitException;
import org.psij.executors.batch.BatchJob;

final class TaskSpoolerSchedulerTest {
  private final TaskSpoolerScheduler tsp = new TaskSpoolerScheduler();

  private static BatchJob job(JobSpec.Builder spec) {
    JobSpec built = spec.build();
    ResourceSpecV1 resources = (ResourceSpecV1) built.getResources();
    return new BatchJob(
        "0-1", built, resources == null ? ResourceSpecV1.builder().build() : resources);
  }

  private static JobSpec.Builder spec() {
    return JobSpec.builder("/bin/my prog");
  }

  private void refused(String field, JobSpec.Builder spec) {
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> tsp.submitCommand(job(spec), "/s"))
        .matches(e -> field.equals(e.getField()), "field " + field);
    assertThatExceptionOfType(InvalidJobException.class)
        .isThrownBy(() -> tsp.scriptHead(job(spec.attributes(spec.build().getAttributes()))));
  }

  @Test
  void executorIsFoundByItsName() {
    assertThat(JobExecutor.getExecutorNames()).contains("tsp");
  }

  @Test
  void jobIsQueuedWithLabelAndWalltime() {
    assertThat(tsp.submitCommand(job(spec()), "/w/it's \"a\" $(b)/job.sh"))
        .containsExactly(
            "tsp",
            "-B",
            "-L",
            "my prog",
            "timeout",
            "--kill-after=10",
            "600",
            "/bin/bash",
            "/w/it's \"a\" $(b)/job.sh");
  }

  @Test
  void coresAreSlotsAndSecondsAreRoundedUp() {
    JobSpec.Builder parallel =
        spec()
            .resources(ResourceSpecV1.builder().processCount(2).cpuCoresPerProcess(3).build())
            .attributes(JobAttributes.builder().duration(Duration.ofMillis(1001)).build());
    assertThat(tsp.submitCommand(job(parallel), "/s"))
        .containsSequence("-N", "6", "timeout", "--kill-after=10", "2");
  }

  @Test
  void customAttributesAreOptionsOfTheNewJob() {
    JobSpec.Builder custom =
        spec()
            .attributes(
                JobAttributes.builder()
                    .customAttribute("tsp.L", null)
                    .customAttribute("tsp.D", 4)
                    .customAttribute("TSP.m", true)
                    .build());
    assertThat(tsp.submitCommand(job(custom), "/s"))
        .startsWith("tsp", "-B", "-D", "4", "-m", "timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "f", "K", "C", "l", "S", "g", "E"})
  void optionThatWouldSubmitNothingIsRefused(String option) {
    refused(
        "attributes.custom_attributes.tsp." + option,
        spec().attributes(JobAttributes.builder().customAttribute("tsp." + option, true).build()));
  }

  @Test
  void whatTheQueueDoesNotHaveIsRefused() {
    refused("name", spec().name("a\nb"));
    refused(
        "attributes.queue_name",
        spec().attributes(JobAttributes.builder().queueName("long").build()));
    refused("attributes.account", spec().attributes(JobAttributes.builder().account("a").build()));
    refused(
        "attributes.reservation_id",
        spec().attributes(JobAttributes.builder().reservationId("r").build()));
    refused(
        "resources.gpu_cores_per_process",
        spec().resources(ResourceSpecV1.builder().gpuCoresPerProcess(1).build()));
    refused(
        "resources.exclusive_node_use",
        spec().resources(ResourceSpecV1.builder().exclusiveNodeUse(true).build()));
  }

  @Test
  void answerToASubmissionIsTheId() {
    assertThat(tsp.parseSubmission(TspSample.result("submit"))).isEqualTo("7");
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> tsp.parseSubmission(TspSample.result("no-server")))
        .withMessageContaining("The server didn't come up.")
        .matches(e -> e.isTransient() && !e.isOutcomeUnknown());
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> tsp.parseSubmission(TspSample.printed("")))
        .matches(SubmitException::isOutcomeUnknown);
  }

  @Test
  void cancellationOfAJobThatIsGoneIsNoError() {
    for (String gone : List.of("kill-running", "state-unknown", "kill-queued")) {
      assertThatCode(() -> tsp.checkCancellation(TspSample.result(gone)))
          .doesNotThrowAnyException();
    }
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> tsp.checkCancellation(TspSample.result("no-server")))
        .matches(SubmitException::isTransient);
    assertThatExceptionOfType(SubmitException.class)
        .isThrownBy(() -> tsp.checkCancellation(TspSample.result("remove-running")))
        .matches(e -> !e.isTransient());
  }
}
