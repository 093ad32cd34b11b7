package org.psij;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file or folder that is brought to the job before it runs. Immutable. */
public final class StageIn {
  private final URI source;
  private final Path target;
  private final StagingMode mode;

  /**
   * Describes a file to bring in.
   *
   * @param source where it is: {@code file:} or no scheme; a relative path is one of the submitter
   * @param target where the job finds it; a relative path is resolved in the working directory of
   *     the job and must not leave it
   * @param mode how it gets there
   * @throws InvalidJobException if the target leaves the working directory, or the source has no
   *     path
   */
  public StageIn(URI source, Path target, StagingMode mode) {
    this.source = StagingLocation.checked("stage_in.source", source);
    this.target = FieldCheck.insideWorkingDirectory("stage_in.target", target);
    this.mode = Objects.requireNonNull(mode, "mode");
  }

  /**
   * Describes a file to copy in.
   *
   * @param source where it is: {@code file:} or no scheme; a relative path is one of the submitter
   * @param target where the job finds it
   * @throws InvalidJobException as for the full constructor
   */
  public StageIn(URI source, Path target) {
    this(source, target, StagingMode.COPY);
  }

  /**
   * Describes a file to bring in, by its path: characters that mean something in a URI are taken as
   * they are.
   *
   * @param source where it is; a relative path is one of the submitter
   * @param target where the job finds it
   * @param mode how it gets there
   * @throws InvalidJobException as for the full constructor
   */
  public StageIn(Path source, Path target, StagingMode mode) {
    this(StagingLocation.ofPath(source), target, mode);
  }

  /**
   * Tells where the file is.
   *
   * @return the location, as it was given
   */
  public URI getSource() {
    return source;
  }

  /**
   * Tells where the job finds the file.
   *
   * @return the path, as it was given
   */
  public Path getTarget() {
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StageIn that
        && source.equals(that.source)
        && target.equals(that.target)
        && mode == that.mode;
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, target, mode);
  }

  @Override
  public String toString() {
    return mode + " " + source + " -> " + target;
  }
}
