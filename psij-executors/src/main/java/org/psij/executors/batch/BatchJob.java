package org.psij.executors.batch;

import org.jspecify.annotations.Nullable;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;

/** What a dialect knows about a job. Immutable. */
public final class BatchJob {
  private final String id;
  private final JobSpec spec;
  private final ResourceSpecV1 resources;

  /**
   * Describes a job.
   *
   * @param id the id that the library gave it
   * @param spec what is to be run
   * @param resources what it needs
   */
  public BatchJob(String id, JobSpec spec, ResourceSpecV1 resources) {
    this.id = id;
    this.spec = spec;
    this.resources = resources;
  }

  /**
   * Names the job.
   *
   * @return the id that the library gave it
   */
  public String id() {
    return id;
  }

  /**
   * Tells what is to be run.
   *
   * @return the specification
   */
  public JobSpec spec() {
    return spec;
  }

  /**
   * Tells what the job needs.
   *
   * @return the resources, those of one process if the specification has none
   */
  public ResourceSpecV1 resources() {
    return resources;
  }

  /**
   * Tells how the job is to be treated.
   *
   * @return the attributes
   */
  public JobAttributes attributes() {
    return spec.getAttributes();
  }

  /**
   * Tells the name that the user gave to the job.
   *
   * @return the name, or null if there is none but that of the executable
   */
  public @Nullable String givenName() {
    String name = spec.getName();
    return name == null || name.equals(spec.getExecutable()) ? null : name;
  }

  /**
   * Tells the last part of the executable's path, for schedulers that want a name.
   *
   * @return the name of the program, which may hold any character
   */
  public String programName() {
    String executable = String.valueOf(spec.getExecutable());
    String program = executable.substring(executable.lastIndexOf('/') + 1);
    return program.isEmpty() ? "job" : program;
  }
}
