package org.psij;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A capability of an executor: what a job has written, while it runs and after, and the removal of
 * what the library has left behind for it. The job may have been submitted, attached or recovered.
 * Safe for use by many threads.
 *
 * @see JobExecutor#capability
 */
public interface JobFiles {
  /**
   * Tells how long a file is, so that a reader can follow it: it may become shorter when the job is
   * run again.
   *
   * @param job the job
   * @param file which of its files
   * @return the length in bytes; 0 if the file is not there, or not yet
   * @throws PsijException if the place of the file is not known, the output is thrown away, or the
   *     file is no regular file or lies outside of the working directory
   */
  long size(Job job, OutputFile file);

  /**
   * Reads a part of a file, which may still grow.
   *
   * @param job the job
   * @param file which of its files
   * @param offset where to begin, in bytes; a negative one counts from the end, and begins at the
   *     start if the file is shorter
   * @param size how many bytes to read at most
   * @return the bytes; fewer than asked for at the end of the file, none if there is nothing, or
   *     nothing yet
   * @throws IllegalArgumentException if the size is negative
   * @throws PsijException as for {@link #size}
   */
  byte[] peek(Job job, OutputFile file, long offset, int size);

  /**
   * Copies the standard output, the standard error and the launcher log of a job into a folder, as
   * {@code stdout}, {@code stderr} and {@code launcher.log}. Those that are not there, are thrown
   * away, or are shared with other jobs are left out, and standard error is if it goes to the same
   * file as standard output. What the job stages out is where its specification wants it.
   *
   * <p>Each file appears as a whole or not at all, readable by its user only.
   *
   * @param job the job, which may still run: then as far as it has got
   * @param directory the folder, which is made if it is not there
   * @param overwrite whether what is there already is replaced
   * @return the files that were written
   * @throws PsijException if something is there already and is not to be overwritten, in which case
   *     nothing is written that was there before; or if a file cannot be copied
   */
  List<Path> fetch(Job job, Path directory, boolean overwrite);

  /**
   * Removes all that the library has left behind for a job that has ended; files that the library
   * or its script did not make stay. Another process that attaches the job finds nothing any more.
   * Has no effect if it was done before.
   *
   * @param job the job
   * @throws InvalidStateException if the job has not ended
   * @throws PsijException if something cannot be removed
   */
  void free(Job job);

  /**
   * Tells which schemes the locations of staged files may have, besides none at all.
   *
   * @return the schemes, such as {@code file}, in lower case
   */
  Set<String> getDataSchemes();

  /**
   * Tells whether files can be staged from and to some places. It says nothing of whether they are
   * there.
   *
   * @param locations sources of {@link StageIn} or targets of {@link StageOut}
   * @return true if the executor can stage all of them
   */
  boolean validateData(Collection<URI> locations);
}
