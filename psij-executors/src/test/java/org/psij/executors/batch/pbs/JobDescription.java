package org.psij.executors.batch.pbs;

import java.util.function.UnaryOperator;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.executors.batch.BatchJob;

/** Jobs to write scripts for. */
final class JobDescription {
  private JobDescription() {}

  static BatchJob job(JobSpec.Builder spec) {
    JobSpec built = spec.build();
    ResourceSpecV1 resources = (ResourceSpecV1) built.getResources();
    return new BatchJob(
        "id", built, resources == null ? ResourceSpecV1.builder().build() : resources);
  }

  static JobSpec.Builder spec() {
    return JobSpec.builder("/bin/prog").inheritEnvironment(false);
  }

  static BatchJob withAttributes(UnaryOperator<JobAttributes.Builder> attributes) {
    return job(spec().attributes(attributes.apply(JobAttributes.builder()).build()));
  }

  static BatchJob with(String attribute, Object value) {
    return withAttributes(attributes -> attributes.customAttribute(attribute, value));
  }

  static BatchJob withResources(UnaryOperator<ResourceSpecV1.Builder> resources) {
    return job(spec().resources(resources.apply(ResourceSpecV1.builder()).build()));
  }
}
