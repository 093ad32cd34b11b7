package org.psij.executors.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.PsijException;
import org.psij.SubmitException;
import org.psij.serialize.JsonJobSpecSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands jobs to the starter of processes, as many at a time as are there. Thread-safe. */
final class LocalSubmission {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSubmission.class);

  private final JsonJobSpecSerializer serializer = new JsonJobSpecSerializer();
  private final Journal journal;
  private final LocalJobPreparation preparation;
  private final ProcessStarter starter;

  /** Jobs of which nobody can tell whether they were started. */
  private final Set<String> unknownStarts = ConcurrentHashMap.newKeySet();

  LocalSubmission(Journal journal, LocalJobPreparation preparation, ProcessStarter starter) {
    this.journal = journal;
    this.preparation = preparation;
    this.starter = starter;
  }

  /** A job that can be started, and its specification as the journal keeps it. */
  record Ready(JobSpec spec, LocalJobPreparation.Prepared prepared, String document) {
    LocalRun run() {
      return prepared.run();
    }

    String jobId() {
      return run().job().getId();
    }
  }

  /** A job whose process has been asked for. */
  record Starting(Ready ready, ProcessStarter.Start start) {}

  /**
   * Makes a job ready.
   *
   * @throws PsijException if it cannot be started as described; nothing was done
   */
  Ready ready(Job job, JobSpec spec) {
    if (unknownStarts.contains(job.getId())) {
      throw SubmitException.ofUnknownOutcome(
          "Job " + job.getId() + " may have run; a new Job runs it again in any case", null);
    }
    String document = serializer.dumps(spec);
    return new Ready(spec, preparation.prepare(job, spec), document);
  }

  /** Asks for the processes of jobs, all at once, with the journal written before. */
  List<Starting> start(List<Ready> jobs) {
    Map<String, String> documents = new LinkedHashMap<>();
    Map<String, ProcessRequest> requests = new LinkedHashMap<>();
    for (Ready job : jobs) {
      documents.put(job.jobId(), job.document());
      requests.put(job.jobId(), job.prepared().request());
    }
    List<Starting> starting = new ArrayList<>(jobs.size());
    try {
      journal.submitting(documents);
      Iterator<ProcessStarter.Start> starts = starter.start(requests).iterator();
      jobs.forEach(job -> starting.add(new Starting(job, starts.next())));
    } catch (IOException e) {
      jobs.forEach(job -> starting.add(new Starting(job, failing(e))));
    }
    return starting;
  }

  private static ProcessStarter.Start failing(IOException problem) {
    return () -> {
      throw problem;
    };
  }

  /**
   * Waits for the process of a job.
   *
   * @throws SubmitException if it was not started, or nobody knows
   */
  StartedProcess await(Starting starting) {
    Ready job = starting.ready();
    try {
      return starting.start().await();
    } catch (UnknownStartException e) {
      unknownStarts.add(job.jobId());
      throw SubmitException.ofUnknownOutcome("Job " + job.jobId() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      preparation.discard(job.run());
      forget(job.jobId());
      job.prepared().check().run(); // may know better why
      throw new SubmitException(
          "Job "
              + job.jobId()
              + ": '"
              + job.spec().getExecutable()
              + "' cannot be started: "
              + e.getMessage(),
          e);
    }
  }

  /** Whoever submitted the job has it back. */
  private void forget(String jobId) {
    try {
      journal.told(jobId);
    } catch (IOException e) {
      LOG.warn("Job {} was refused, and may be recovered as if it were not", jobId, e);
    }
  }
}
