package org.psij.executors.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.psij.Job;
import org.psij.executors.work.JobDirectory;
import org.psij.executors.work.Manifest;
import org.psij.executors.work.PrivateFiles;
import org.psij.serialize.JsonJobSpecSerializer;

/** An array that is about to be submitted: its tasks, and the files that these share. */
final class NewArray {
  private final JobDirectory directory;
  private final List<Job> jobs = new ArrayList<>();
  private final List<BatchJob> described = new ArrayList<>();
  private final StringBuilder specs = new StringBuilder();
  private final StringBuilder jobIds = new StringBuilder();
  private final StringBuilder parts = new StringBuilder();

  /**
   * Begins an array without tasks.
   *
   * @param directory its directory, which is not there yet
   */
  NewArray(JobDirectory directory) {
    this.directory = directory;
  }

  JobDirectory directory() {
    return directory;
  }

  String id() {
    return directory.hint();
  }

  List<Job> jobs() {
    return jobs;
  }

  int size() {
    return jobs.size();
  }

  /** The job that stands for all others. */
  BatchJob first() {
    return described.get(0);
  }

  /** The place of the next task. */
  JobDirectory next() {
    return directory.task(size());
  }

  /**
   * Adds the next task.
   *
   * @param job a job
   * @param description what the dialect knows about it
   * @param part its part of the script, made for its place
   */
  void add(Job job, BatchJob description, String part) {
    String spec = new JsonJobSpecSerializer().dumps(description.spec());
    jobs.add(job);
    described.add(description);
    specs.append(spec).append('\n');
    jobIds.append(job.getId()).append('\n');
    parts.append(part).append('\0');
  }

  /** What the library and the script will make in the directory. */
  Manifest manifest(boolean ownLogs) {
    return Manifest.ofArray(described.stream().map(BatchJob::spec).toList(), ownLogs);
  }

  /**
   * Writes what must be on disk before the scheduler is asked, into the directory.
   *
   * @param script the text of the script
   * @param owner the process that answers for the jobs
   * @param submitterDirectory where it was started
   * @throws IOException if something cannot be written
   */
  void write(String script, String owner, String submitterDirectory) throws IOException {
    PrivateFiles.writeAtomically(directory.owner(), owner + "\n");
    PrivateFiles.writeAtomically(directory.submitterDirectory(), submitterDirectory);
    PrivateFiles.writeAtomically(directory.task(0).spec(), specs.toString());
    PrivateFiles.writeAtomically(directory.parts(), parts.toString());
    PrivateFiles.writeAtomically(directory.script(), script);
    PrivateFiles.writeAtomically(directory.jobIds(), jobIds.toString());
    PrivateFiles.writeAtomically(directory.submitting(), id() + "\n");
  }
}
