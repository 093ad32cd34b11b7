package org.psij.executors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.psij.spi.ExecutorDescriptor;

/**
 * All that a scheduler has been seen to answer.
 *
 * @param dialect the name of its executor
 * @param answers its answers by what was asked
 */
public record RecordedAnswers(String dialect, Map<Question, List<CommandResult>> answers) {
  /** Starts with none. */
  public static RecordedAnswers of(String dialect) {
    return new RecordedAnswers(dialect, new EnumMap<>(Question.class));
  }

  /** Adds answers. */
  public RecordedAnswers with(Question question, List<CommandResult> some) {
    answers.put(question, some);
    return this;
  }

  /** Reads the samples beside a class whose names match. */
  public static List<CommandResult> samples(
      Class<?> beside, String names, Function<String, CommandResult> reading) {
    try (Stream<Path> files = Files.list(Path.of(beside.getResource(".").toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .map(name -> name.substring(0, name.length() - 4))
          .filter(name -> name.matches(names))
          .sorted()
          .map(reading)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  BatchScheduler scheduler() {
    return ServiceLoader.load(ExecutorDescriptor.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(descriptor -> descriptor.getName().equals(dialect))
        .map(BatchExecutorDescriptor.class::cast)
        .findFirst()
        .orElseThrow()
        .getScheduler();
  }

  @Override
  public String toString() {
    return dialect;
  }
}
