package org.psij;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands. States are partially ordered (PSI/J: {@code JobState}): each follows the one
 * before it, and the three final states all follow {@link #CLEANUP} and are not comparable with one
 * another.
 *
 * <p>Use {@link #isGreaterThan} for this order: {@link Enum#compareTo} would rank the final states.
 */
public enum JobState {
  /** Created, and not yet taken by an executor. Never reported to a callback. */
  NEW,
  /** Taken by the system below, and not yet started. */
  QUEUED,
  /** Files are being brought in before the job runs. */
  STAGE_IN,
  /** The job runs. */
  ACTIVE,
  /** The job has ended and its files are being taken out. */
  STAGE_OUT,
  /** Files that the job does not leave behind are being removed. */
  CLEANUP,
  /** The job ran and returned exit code zero. */
  COMPLETED,
  /** The job returned another exit code, was killed, or could not be run. */
  FAILED,
  /** The job was cancelled before it ended by itself. */
  CANCELED;

  /**
   * Tells whether no other state follows.
   *
   * @return true for {@link #COMPLETED}, {@link #FAILED} and {@link #CANCELED}
   */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == CANCELED;
  }

  /**
   * Tells whether this state can only come after another one.
   *
   * @param other the state to compare with
   * @return true if both are comparable and this one is later
   */
  public boolean isGreaterThan(JobState other) {
    return !other.isFinal() && compareTo(other) > 0;
  }

  /**
   * Tells whether the partial order knows which of two states comes first. A state is comparable
   * with itself.
   *
   * @param other the state to compare with
   * @return false only for two different final states
   */
  public boolean isComparableTo(JobState other) {
    return this == other || !(isFinal() && other.isFinal());
  }

  /**
   * Names the state that a job must have been in right before this one (PSI/J: {@code
   * JobStateOrder.prev}).
   *
   * @return that state, or null where there is none or more than one: {@link #NEW}, {@link
   *     #FAILED}, {@link #CANCELED}
   */
  public @Nullable JobState previous() {
    return switch (this) {
      case NEW, FAILED, CANCELED -> null;
      case QUEUED -> NEW;
      case STAGE_IN -> QUEUED;
      case ACTIVE -> STAGE_IN;
      case STAGE_OUT -> ACTIVE;
      case CLEANUP -> STAGE_OUT;
      case COMPLETED -> CLEANUP;
    };
  }

  /**
   * Finds a state by its name, without regard to case.
   *
   * @param name the name, such as {@code ACTIVE}
   * @return the state
   * @throws IllegalArgumentException if there is no such state
   */
  public static JobState fromName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
