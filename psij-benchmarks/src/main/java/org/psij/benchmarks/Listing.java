package org.psij.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.psij.executors.batch.BatchScheduler;
import org.psij.executors.batch.CommandResult;

/**
 * What a scheduler lists of many jobs: rows as they were recorded (LSF's are from its manual), over
 * and over, each with an id of its own.
 *
 * @param ids the jobs
 * @param file holds the listing
 */
record Listing(List<String> ids, Path file) {
  /** Separates head, rows and tail of a sample. */
  private static final String CUT = "%%\n";

  /** Stands for the number of a job; the first line of a sample is the form of an id. */
  private static final String NUMBER = "{number}";

  private static final int FIRST_NUMBER = 100_000;

  /** Tells whether there is a sample of a scheduler. */
  static boolean isOf(String scheduler) {
    return resource(scheduler) != null;
  }

  static Listing of(String scheduler, int jobs) throws IOException {
    List<String> parts = List.of(sample(scheduler).split(CUT, -1));
    String form = parts.get(0).strip();
    List<String> rows = parts.subList(2, parts.size() - 1);
    StringBuilder text = new StringBuilder(parts.get(1));
    for (int i = 0; i < jobs; i++) {
      text.append(rows.get(i % rows.size()).replace(form, id(form, i)));
    }
    text.append(parts.get(parts.size() - 1));
    Path file = Files.writeString(Scratch.folder().resolve(scheduler), text);
    return new Listing(
        IntStream.range(0, jobs).mapToObj(i -> id(form, i)).collect(Collectors.toList()), file);
  }

  private static String id(String form, int job) {
    return form.replace(NUMBER, String.valueOf(FIRST_NUMBER + job));
  }

  private static @Nullable InputStream resource(String scheduler) {
    return Listing.class.getResourceAsStream("listing." + scheduler);
  }

  private static String sample(String scheduler) throws IOException {
    try (InputStream sample = resource(scheduler)) {
      if (sample == null) {
        throw new IllegalArgumentException("There is no sample of " + scheduler);
      }
      return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reads the listing as text. */
  String read() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The listing as an answer to the question for all its jobs. */
  CommandResult answer(BatchScheduler dialect) {
    return new CommandResult(dialect.statusCommand(ids), 0, read(), "", Duration.ZERO);
  }
}
