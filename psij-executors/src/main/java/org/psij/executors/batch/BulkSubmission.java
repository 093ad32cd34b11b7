package org.psij.executors.batch;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.psij.Job;
import org.psij.executors.work.JobDirectory;
import org.psij.spi.Submission;

/** Says how many jobs are submitted: in arrays where the scheduler treats them alike. */
final class BulkSubmission {
  private final Grouping grouping;
  private final ArrayLimit limit;
  private final Places places;
  private final ArraySubmission arrays;

  BulkSubmission(Grouping grouping, ArrayLimit limit, Places places, ArraySubmission arrays) {
    this.grouping = grouping;
    this.limit = limit;
    this.places = places;
    this.arrays = arrays;
  }

  /**
   * Prepares a submission. What the scheduler cannot carry is refused in here.
   *
   * @param jobs the jobs
   * @param out is told about each of them
   * @return what is to be done, in any order and at once
   */
  List<Runnable> submissions(List<Job> jobs, Submission out) {
    List<Runnable> submissions = new ArrayList<>();
    for (List<Job> group : grouping.of(jobs, this::isKnown, out::refused)) {
      int most = group.size() == 1 ? 1 : limit.tasks();
      for (int from = 0; from < group.size(); from += most) {
        List<Job> some = group.subList(from, Math.min(group.size(), from + most));
        submissions.add(() -> arrays.submit(some, out));
      }
    }
    return submissions;
  }

  /** Of an earlier attempt there are files, and perhaps more. */
  private boolean isKnown(Job job) {
    JobDirectory place = places.of(job);
    return place.array() != null || Files.exists(place.path());
  }
}
