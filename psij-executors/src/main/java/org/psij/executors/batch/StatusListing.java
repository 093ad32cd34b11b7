package org.psij.executors.batch;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler says about several jobs. Immutable: the map that it is made of is handed over,
 * and not copied, since a listing may have very many jobs.
 */
public final class StatusListing {
  private final Map<String, NativeStatus> jobs;
  private final Predicate<String> unreadable;
  private final boolean complete;

  private StatusListing(
      Map<String, NativeStatus> jobs, Predicate<String> unreadable, boolean complete) {
    this.jobs = Collections.unmodifiableMap(jobs);
    this.unreadable = unreadable;
    this.complete = complete;
  }

  /**
   * Keeps a listing in which every row could be read.
   *
   * @param jobs the statuses by native id, not to be changed any more
   * @return the listing
   */
  public static StatusListing of(Map<String, NativeStatus> jobs) {
    return new StatusListing(jobs, id -> false, true);
  }

  /**
   * Keeps a listing in which some rows could not be read.
   *
   * @param jobs the statuses by native id, not to be changed any more
   * @param unreadable the native ids of rows that could not be read
   * @param complete false if there were rows that do not even tell their id
   * @return the listing
   */
  public static StatusListing of(
      Map<String, NativeStatus> jobs, Set<String> unreadable, boolean complete) {
    return new StatusListing(jobs, Set.copyOf(unreadable)::contains, complete);
  }

  /**
   * Keeps a listing in which some rows could not be read, such as those of all tasks of an array.
   *
   * @param jobs the statuses by native id, not to be changed any more
   * @param unreadable tells whether a native id may be that of a row that could not be read
   * @return the listing
   */
  public static StatusListing of(Map<String, NativeStatus> jobs, Predicate<String> unreadable) {
    return new StatusListing(jobs, unreadable, true);
  }

  /**
   * Gives what could be read.
   *
   * @return the statuses by native id; cannot be modified
   */
  public Map<String, NativeStatus> jobs() {
    return jobs;
  }

  /**
   * Looks up one job.
   *
   * @param nativeId its id
   * @return its status, or null if there is none that could be read
   */
  public @Nullable NativeStatus get(String nativeId) {
    return jobs.get(nativeId);
  }

  /**
   * Tells whether a job is certainly not in the listing.
   *
   * @param nativeId its id
   * @return false if it is there, or may be there in a row that could not be read
   */
  public boolean lacks(String nativeId) {
    return complete && !jobs.containsKey(nativeId) && !unreadable.test(nativeId);
  }
}
