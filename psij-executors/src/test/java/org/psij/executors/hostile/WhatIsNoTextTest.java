package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.psij.InvalidJobException;
import org.psij.Job;
import org.psij.JobAttributes;
import org.psij.JobExecutor;
import org.psij.JobSpec;

/** A value with a NUL or half a surrogate pair cannot be given to a process, and is refused. */
final class WhatIsNoTextTest {
  /** How a value gets into a job, by the name of the field. */
  private static final Map<String, Function<String, JobSpec.Builder>> FIELDS =
      Map.of(
          "executable", JobSpec::builder,
          "arguments[1]", value -> spec().arguments("x", value),
          "name", value -> spec().name(value),
          "environment.A", value -> spec().environmentVariable("A", value),
          "attributes.queue_name",
              value -> spec().attributes(attributes().queueName(value).build()),
          "attributes.account", value -> spec().attributes(attributes().account(value).build()),
          "attributes.reservation_id",
              value -> spec().attributes(attributes().reservationId(value).build()),
          "attributes.custom_attributes.slurm.comment",
              value ->
                  spec().attributes(attributes().customAttribute("slurm.comment", value).build()));

  private static JobSpec.Builder spec() {
    return JobSpec.builder("/bin/true");
  }

  private static JobAttributes.Builder attributes() {
    return JobAttributes.builder();
  }

  @Provide
  Arbitrary<String> noText() {
    return Combinators.combine(
            HostileText.values(),
            Arbitraries.of("\0", "\ud800", "\udc00", "\udc00\ud800"),
            HostileText.values())
        .as((before, bad, after) -> before + bad + after);
  }

  @Provide
  Arbitrary<String> fields() {
    return Arbitraries.of(List.copyOf(FIELDS.keySet()));
  }

  @Property(tries = 500)
  void isRefusedWithItsField(@ForAll("noText") String value, @ForAll("fields") String field) {
    InvalidJobException refusal =
        catchThrowableOfType(InvalidJobException.class, () -> submit(FIELDS.get(field), value));
    assertThat(refusal).isNotNull().extracting(InvalidJobException::getField).isEqualTo(field);
  }

  /** An argument with a NUL is refused here: psij-python writes such documents. */
  private static void submit(Function<String, JobSpec.Builder> field, String value) {
    JobSpec spec = field.apply(value).build();
    try (JobExecutor executor = JobExecutor.getInstance("local")) {
      executor.submit(new Job(spec));
    }
  }
}
