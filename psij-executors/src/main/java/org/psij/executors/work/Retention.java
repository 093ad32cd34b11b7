package org.psij.executors.work;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what jobs and owners have left in the work directory when its time is over. */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** A folder with very much in it takes a while to look through. */
  private static final Duration PAUSE = Duration.ofHours(1);

  private final WorkDirectory directory;
  private final EndedJobs ended;
  private final JobRemover remover;
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
    this.ended = new EndedJobs(directory);
    this.remover = new JobRemover(directory);
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
      if (Files.exists(job.script()) && ended.end(job, oldest) != null) {
        remove(job);
      }
    }
  }

  /** Earlier versions kept no list of what is in the directory of a job. */
  private void remove(JobDirectory job) throws IOException {
    if (JobRemover.knows(job)) {
      remover.remove(job);
    } else {
      remover.removeUnlisted(job);
    }
  }
}
