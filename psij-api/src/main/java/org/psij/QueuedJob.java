package org.psij;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler shows about one job, whoever submitted it. Immutable.
 *
 * @see QueueView
 */
public final class QueuedJob {
  private final String nativeId;
  private final String nativeState;
  private final @Nullable String name;
  private final @Nullable String user;
  private final List<String> queues;
  private final @Nullable JobState state;
  private final List<String> nodes;
  private final @Nullable Integer nodeCount;
  private final @Nullable Integer cpusPerNode;
  private final @Nullable Integer exitCode;
  private final @Nullable Instant submitTime;
  private final @Nullable Instant startTime;
  private final @Nullable Instant endTime;
  private final @Nullable String reason;

  private QueuedJob(Builder builder) {
    nativeId = builder.nativeId;
    nativeState = builder.nativeState;
    name = builder.name;
    user = builder.user;
    queues = builder.queues;
    state = builder.state;
    nodes = builder.nodes;
    nodeCount = builder.nodeCount;
    cpusPerNode = builder.cpusPerNode;
    exitCode = builder.exitCode;
    submitTime = builder.submitTime;
    startTime = builder.startTime;
    endTime = builder.endTime;
    reason = builder.reason;
  }

  /**
   * Starts the description of a job.
   *
   * @param nativeId the id of the job, by which an executor of this scheduler can attach to it
   * @param nativeState its state in the scheduler's own words
   * @return a new builder
   */
  public static Builder builder(String nativeId, String nativeState) {
    return new Builder(nativeId, nativeState);
  }

  /**
   * Gives the id of the job, that of the task for each task of an array.
   *
   * @return the native id
   */
  public String getNativeId() {
    return nativeId;
  }

  /**
   * Tells the state in the scheduler's own words.
   *
   * @return the native state
   */
  public String getNativeState() {
    return nativeState;
  }

  /**
   * Tells what its owner called the job.
   *
   * @return the name, or null if the scheduler does not tell
   */
  public @Nullable String getName() {
    return name;
  }

  /**
   * Tells whose job it is.
   *
   * @return the name of the user, or null if the scheduler does not tell
   */
  public @Nullable String getUser() {
    return user;
  }

  /**
   * Tells where the job waits, runs or ran.
   *
   * @return the queue or partition, several if it waits for any of them, none if the scheduler does
   *     not tell; cannot be modified
   */
  public List<String> getQueues() {
    return queues;
  }

  /**
   * Tells what the native state means.
   *
   * @return {@link JobState#QUEUED}, {@link JobState#ACTIVE} or a final state, or null if the
   *     native state is one that nobody has heard of
   */
  public @Nullable JobState getState() {
    return state;
  }

  /**
   * Tells where the processes of the job run or ran.
   *
   * @return the names of the nodes, each once, as far as the scheduler tells; empty before the job
   *     starts; cannot be modified
   */
  public List<String> getNodes() {
    return nodes;
  }

  /**
   * Tells how many nodes the job has, or asks for.
   *
   * @return the number, or null if the scheduler does not tell
   */
  public @Nullable Integer getNodeCount() {
    return nodeCount;
  }

  /**
   * Tells how many CPUs the job has on each node, or asks for.
   *
   * @return the number, the largest if they differ, or null if the scheduler does not tell. From
   *     one that tells only their sum it is that by the number of nodes, rounded up: what one of
   *     them has at least.
   */
  public @Nullable Integer getCpusPerNode() {
    return cpusPerNode;
  }

  /**
   * Tells what the job returned.
   *
   * @return the exit code, 128 and the number of the signal if it was killed, or null if it has not
   *     ended or the scheduler does not tell
   */
  public @Nullable Integer getExitCode() {
    return exitCode;
  }

  /**
   * Tells when the job was submitted.
   *
   * @return the time, or null if the scheduler does not tell
   */
  public @Nullable Instant getSubmitTime() {
    return submitTime;
  }

  /**
   * Tells when the job was started.
   *
   * @return the time, or null if it was not, or if the scheduler does not tell
   */
  public @Nullable Instant getStartTime() {
    return startTime;
  }

  /**
   * Tells when the job ended.
   *
   * @return the time, or null if it did not, or if the scheduler does not tell
   */
  public @Nullable Instant getEndTime() {
    return endTime;
  }

  /**
   * Tells why the job is in its state, for people.
   *
   * @return the reason, in the scheduler's own words where it has any, or null if there is none
   */
  public @Nullable String getReason() {
    return reason;
  }

  @Override
  public String toString() {
    return "QueuedJob[" + nativeId + ", " + nativeState + ", " + state + "]";
  }

  /** Collects the values of a {@link QueuedJob}. Not safe for use by several threads. */
  public static final class Builder {
    private final String nativeId;
    private final String nativeState;
    private @Nullable String name;
    private @Nullable String user;
    private List<String> queues = List.of();
    private @Nullable JobState state;
    private List<String> nodes = List.of();
    private @Nullable Integer nodeCount;
    private @Nullable Integer cpusPerNode;
    private @Nullable Integer exitCode;
    private @Nullable Instant submitTime;
    private @Nullable Instant startTime;
    private @Nullable Instant endTime;
    private @Nullable String reason;

    private Builder(String nativeId, String nativeState) {
      this.nativeId = nativeId;
      this.nativeState = nativeState;
    }

    /**
     * Says what its owner called the job.
     *
     * @param value see {@link QueuedJob#getName}
     * @return this builder
     */
    public Builder name(@Nullable String value) {
      name = value;
      return this;
    }

    /**
     * Says whose job it is.
     *
     * @param value see {@link QueuedJob#getUser}
     * @return this builder
     */
    public Builder user(@Nullable String value) {
      user = value;
      return this;
    }

    /**
     * Says where the job waits, runs or ran.
     *
     * @param names see {@link QueuedJob#getQueues}; one that comes twice counts once
     * @return this builder
     */
    public Builder queues(Collection<String> names) {
      queues = List.copyOf(new LinkedHashSet<>(names));
      return this;
    }

    /**
     * Says what the native state means.
     *
     * @param value see {@link QueuedJob#getState}
     * @return this builder
     */
    public Builder state(@Nullable JobState value) {
      state = value;
      return this;
    }

    /**
     * Says where the processes of the job run or ran.
     *
     * @param names see {@link QueuedJob#getNodes}; one that comes twice counts once
     * @return this builder
     */
    public Builder nodes(Collection<String> names) {
      nodes = List.copyOf(new LinkedHashSet<>(names));
      return this;
    }

    /**
     * Says how many nodes the job has, or asks for.
     *
     * @param value see {@link QueuedJob#getNodeCount}
     * @return this builder
     */
    public Builder nodeCount(@Nullable Integer value) {
      nodeCount = value;
      return this;
    }

    /**
     * Says how many CPUs the job has on each node, or asks for.
     *
     * @param value see {@link QueuedJob#getCpusPerNode}
     * @return this builder
     */
    public Builder cpusPerNode(@Nullable Integer value) {
      cpusPerNode = value;
      return this;
    }

    /**
     * Says what the job returned.
     *
     * @param value see {@link QueuedJob#getExitCode}
     * @return this builder
     */
    public Builder exitCode(@Nullable Integer value) {
      exitCode = value;
      return this;
    }

    /**
     * Says when the job was submitted.
     *
     * @param value see {@link QueuedJob#getSubmitTime}
     * @return this builder
     */
    public Builder submitTime(@Nullable Instant value) {
      submitTime = value;
      return this;
    }

    /**
     * Says when the job was started.
     *
     * @param value see {@link QueuedJob#getStartTime}
     * @return this builder
     */
    public Builder startTime(@Nullable Instant value) {
      startTime = value;
      return this;
    }

    /**
     * Says when the job ended.
     *
     * @param value see {@link QueuedJob#getEndTime}
     * @return this builder
     */
    public Builder endTime(@Nullable Instant value) {
      endTime = value;
      return this;
    }

    /**
     * Says why the job is in its state.
     *
     * @param value see {@link QueuedJob#getReason}
     * @return this builder
     */
    public Builder reason(@Nullable String value) {
      reason = value;
      return this;
    }

    /**
     * Creates the description.
     *
     * @return the description
     */
    public QueuedJob build() {
      return new QueuedJob(this);
    }
  }
}
