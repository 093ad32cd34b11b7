package org.psij.executors.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.psij.JobState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what jobs and owners have left in the work directory when its time is over. */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** A folder with very much in it takes a while to look through. */
  private static final Duration PAUSE = Duration.ofHours(1);

  private final WorkDirectory directory;
  private final Duration pause;
  private final Instant oldest;

  /**
   * Says what is to be kept.
   *
   * @param directory the folder of an executor
   * @param retention for how long the files of ended jobs stay
   */
  public Retention(WorkDirectory directory, Duration retention) {
    this.directory = directory;
    this.pause = retention.compareTo(PAUSE) < 0 ? retention : PAUSE;
    this.oldest = Instant.now().minus(retention);
  }

  /**
   * Tells whether it is time to look for what is too old, and takes note that it is done: at most
   * once an hour, by whichever executor comes first.
   *
   * @return true if the caller is to do it
   * @throws IOException if the note cannot be made
   */
  public boolean isDue() throws IOException {
    Path note = directory.root().resolve("tidied");
    Instant now = Instant.now();
    if (Files.exists(note)) {
      Instant last = Files.getLastModifiedTime(note).toInstant();
      if (last.isAfter(now.minus(pause)) && !last.isAfter(now)) {
        return false;
      }
      Files.setLastModifiedTime(note, FileTime.from(now));
    } else {
      PrivateFiles.writeAtomically(note, "");
    }
    return true;
  }

  /**
   * Removes what is too old. Never touches what it does not know, and what cannot be removed stays.
   *
   * @throws IOException if the folder cannot be listed
   */
  public void removeExpired() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.root())) {
      for (Path file : files) {
        try {
          removeIfExpired(file, file.getFileName().toString());
        } catch (IOException | InvalidPathException e) {
          LOG.warn("{} is no longer needed and cannot be removed", file, e);
        }
      }
    }
  }

  /**
   * Removes the addresses of processes that are gone, to which every script would go on knocking.
   *
   * @throws IOException if the folder cannot be listed
   */
  public void removeDeadWatchers() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.watchers())) {
      for (Path file : files) {
        String owner = file.getFileName().toString();
        if (WorkDirectory.isUuid(owner) && !directory.isAlive(owner)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private void removeIfExpired(Path file, String name) throws IOException {
    if (WorkDirectory.isUuid(name)) {
      JobDirectory job = new JobDirectory(file);
      List<JobDirectory> places = places(job);
      if (Files.exists(job.script()) && haveEndedLongAgo(places)) {
        for (JobDirectory place : places) {
          forgetNativeId(place);
        }
        forgetNativeId(job);
        job.delete();
      }
    }
  }

  /** Those of all tasks of an array, which go together, or the one of a job. */
  private List<JobDirectory> places(JobDirectory job) throws IOException {
    if (!Files.isRegularFile(job.jobIds())) {
      return List.of(job);
    }
    if (!isOld(job.submitting())) {
      return List.of();
    }
    try (Stream<String> ids = Files.lines(job.jobIds())) {
      return IntStream.range(0, (int) ids.count()).mapToObj(job::task).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean haveEndedLongAgo(List<JobDirectory> places) throws IOException {
    for (JobDirectory place : places) {
      if (!hasEndedLongAgo(place)) {
        return false;
      }
    }
    return !places.isEmpty();
  }

  private boolean hasEndedLongAgo(JobDirectory job) throws IOException {
    if (Files.exists(job.told())) {
      return isOld(job.told());
    }
    if (isOwned(job)) {
      return false;
    }
    StatusFile status = new StatusFile(job);
    return status.read().stream().anyMatch(line -> isLastWord(job, line))
        && isOld(job.status(status.run()));
  }

  /** A job of a scheduler that was stopped may be back in the queue, and run again. */
  private static boolean isLastWord(JobDirectory job, StatusLine line) {
    boolean mayRunAgain =
        Files.exists(job.nearest(JobDirectory::submitting))
            && line.state() == JobState.FAILED
            && (line.isToldToStop() || (line.exitCode() != null && line.exitCode() >= 128));
    return line.state().isFinal() && !mayRunAgain;
  }

  private void forgetNativeId(JobDirectory job) throws IOException {
    String nativeId = SmallFile.read(job.nativeId());
    if (nativeId != null && isFileName(nativeId)) {
      Files.deleteIfExists(directory.byNativeId(nativeId));
    }
  }

  /** Else somebody has damaged the file, and another would be removed. */
  private static boolean isFileName(String text) {
    return text.matches("[A-Za-z0-9_.+@\\[\\]-]{1,255}") && !text.matches("\\.{1,2}");
  }

  private boolean isOwned(JobDirectory job) throws IOException {
    String owner = SmallFile.read(job.nearest(JobDirectory::owner));
    return owner != null && WorkDirectory.isUuid(owner) && directory.isAlive(owner);
  }

  private boolean isOld(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
