package org.psij.executors.batch.pbs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.psij.QueuedJob;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.QueueDialect;
import org.psij.executors.batch.ShownRows;

/** What a queue view shows of each recorded output: written down and checked by hand. */
final class QueueSample {
  private QueueSample() {}

  /** Reads what is expected of the samples of a folder: rows by the name of the sample. */
  static Map<String, List<String>> expected(String folder) {
    Map<String, List<String>> samples = new LinkedHashMap<>();
    List<String> rows = new ArrayList<>();
    for (String line : text("queue/" + folder + ".txt").lines().toList()) {
      if (line.startsWith("= ")) {
        rows = new ArrayList<>();
        samples.put(line.substring(2), rows);
      } else if (!line.startsWith("#")) {
        rows.add(line);
      }
    }
    return samples;
  }

  /** Reads a sample as a dialect does. */
  static List<String> rows(QueueDialect dialect, String folder, String name) {
    CommandResult sample = Sample.read(folder, name);
    return rows(dialect, sample.command(), Sample.stdout(folder, name));
  }

  /** Reads output as a dialect does. */
  static List<String> rows(QueueDialect dialect, List<String> command, byte[] output) {
    List<QueuedJob> jobs = ShownRows.jobs(dialect, command, output);
    return jobs.stream().map(ShownRows::row).toList();
  }

  private static String text(String file) {
    try (InputStream in = QueueSample.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
