package org.psij.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.JobState;
import org.psij.QueuedJob;

/**
 * Which jobs of a queue are wanted.
 *
 * @param user whose, or null for everybody's
 * @param states names of states, or none for all
 * @param queue of which queue, or null for all
 */
record QueueFilter(@Nullable String user, List<String> states, @Nullable String queue) {

  Predicate<QueuedJob> predicate() {
    Set<JobState> wanted = EnumSet.noneOf(JobState.class);
    states.forEach(name -> wanted.addAll(meant(name)));
    return job ->
        (user == null || user.equals(job.getUser()))
            && (queue == null || job.getQueues().contains(queue))
            && (states.isEmpty() || (job.getState() != null && wanted.contains(job.getState())));
  }

  private static Set<JobState> meant(String name) {
    return switch (name) {
      case "queued" -> Set.of(JobState.QUEUED);
      case "running" -> Set.of(JobState.ACTIVE);
      case "completed" -> Set.of(JobState.COMPLETED, JobState.FAILED, JobState.CANCELED);
      default ->
          Stream.of(JobState.values())
              .filter(state -> state.name().equalsIgnoreCase(name))
              .findFirst()
              .map(Set::of)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--state must be queued, running, completed or one of "
                              + List.of(JobState.values())
                              + ", was '"
                              + name
                              + "'"));
    };
  }
}
