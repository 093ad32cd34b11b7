package org.psij;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file or folder that is taken from the job after it ended. Immutable. */
public final class StageOut {
  private final Path source;
  private final URI target;
  private final StagingMode mode;
  private final Set<StageOutFlags> flags;

  /**
   * Describes a file to take out.
   *
   * @param source where the job left it; a relative path is resolved in the working directory of
   *     the job and must not leave it
   * @param target where it goes: {@code file:} or no scheme; a relative path is one of the
   *     submitter
   * @param mode how it gets there
   * @param flags when it is taken; if none of the {@code ON_} flags is given, {@link
   *     StageOutFlags#ALWAYS} is added
   * @throws InvalidJobException if the source leaves the working directory, or the target has no
   *     path
   */
  public StageOut(Path source, URI target, StagingMode mode, Set<StageOutFlags> flags) {
    this.source = FieldCheck.insideWorkingDirectory("stage_out.source", source);
    this.target = StagingLocation.checked("stage_out.target", target);
    this.mode = Objects.requireNonNull(mode, "mode");
    this.flags = withOccasion(flags);
  }

  /**
   * Describes a file to take out however the job ended.
   *
   * @param source where the job left it
   * @param target where it goes: {@code file:} or no scheme; a relative path is one of the
   *     submitter
   * @param mode how it gets there
   * @throws InvalidJobException as for the full constructor
   */
  public StageOut(Path source, URI target, StagingMode mode) {
    this(source, target, mode, StageOutFlags.ALWAYS);
  }

  /**
   * Describes a file to copy out however the job ended.
   *
   * @param source where the job left it
   * @param target where it goes: {@code file:} or no scheme; a relative path is one of the
   *     submitter
   * @throws InvalidJobException as for the full constructor
   */
  public StageOut(Path source, URI target) {
    this(source, target, StagingMode.COPY);
  }

  /**
   * Describes a file to take out, by the path of its target: characters that mean something in a
   * URI are taken as they are.
   *
   * @param source where the job left it
   * @param target where it goes; a relative path is one of the submitter
   * @param mode how it gets there
   * @param flags when it is taken
   * @throws InvalidJobException as for the full constructor
   */
  public StageOut(Path source, Path target, StagingMode mode, Set<StageOutFlags> flags) {
    this(source, StagingLocation.ofPath(target), mode, flags);
  }

  private static Set<StageOutFlags> withOccasion(Set<StageOutFlags> given) {
    EnumSet<StageOutFlags> flags = EnumSet.noneOf(StageOutFlags.class);
    flags.addAll(given);
    if (Collections.disjoint(flags, StageOutFlags.ALWAYS)) {
      flags.addAll(StageOutFlags.ALWAYS);
    }
    return Collections.unmodifiableSet(flags);
  }

  /**
   * Tells where the job left the file.
   *
   * @return the path, as it was given
   */
  public Path getSource() {
    return source;
  }

  /**
   * Tells where the file goes.
   *
   * @return the location, as it was given
   */
  public URI getTarget() {
    return target;
  }

  /**
   * Tells how the file gets there.
   *
   * @return the mode
   */
  public StagingMode getMode() {
    return mode;
  }

  /**
   * Tells when the file is taken.
   *
   * @return the flags, with at least one of the {@code ON_} flags; cannot be modified
   */
  public Set<StageOutFlags> getFlags() {
    return flags;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StageOut that
        && source.equals(that.source)
        && target.equals(that.target)
        && mode == that.mode
        && flags.equals(that.flags);
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, target, mode, flags);
  }

  @Override
  public String toString() {
    return mode + " " + source + " -> " + target + " " + flags;
  }
}
