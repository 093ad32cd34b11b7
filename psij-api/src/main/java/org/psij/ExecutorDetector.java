package org.psij;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psij.spi.Detection;
import org.psij.spi.ExecutorDescriptor;
import org.psij.spi.Fit;
import org.psij.spi.Surroundings;

/** Finds out which executor the name {@code auto} stands for. */
final class ExecutorDetector {
  /** The variable that names the executor, whatever is found. */
  static final String VARIABLE = "PSIJ_EXECUTOR";

  private static final String AUTO = "auto";

  /** More than all that the executors of this library allow themselves. */
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private final PluginRegistry<ExecutorDescriptor> registry;
  private final Surroundings here;
  private final Duration limit;

  ExecutorDetector(PluginRegistry<ExecutorDescriptor> registry, Surroundings here) {
    this(registry, here, LIMIT);
  }

  ExecutorDetector(PluginRegistry<ExecutorDescriptor> registry, Surroundings here, Duration limit) {
    this.registry = registry;
    this.here = here;
    this.limit = limit;
  }

  static boolean isAuto(String name) {
    return name.toLowerCase(Locale.ROOT).equals(AUTO);
  }

  /**
   * Chooses.
   *
   * @throws IllegalArgumentException if {@link #VARIABLE} names no executor, or none fits
   */
  ExecutorChoice choose() {
    String given = here.getVariable(VARIABLE);
    return given == null || given.isBlank() || isAuto(given.strip())
        ? best(detections())
        : named(given.strip());
  }

  private ExecutorChoice named(String given) {
    try {
      String name = registry.find(given, null).descriptor().getName();
      return new ExecutorChoice(name, VARIABLE + " is '" + given + "'", Map.of());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(VARIABLE + ": " + e.getMessage(), e);
    }
  }

  /** Of equals, the one that was found first. */
  private ExecutorChoice best(Map<String, Detection> found) {
    Map<String, Detection> sorted = new LinkedHashMap<>();
    found.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.comparing(Detection::getFit)))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    String best = sorted.keySet().stream().findFirst().orElse(null);
    Detection detection = best == null ? null : sorted.get(best);
    if (best == null || detection == null || detection.getFit() == Fit.NONE) {
      throw new IllegalArgumentException(
          "No executor fits here: " + why(sorted) + "; there are " + registry.names());
    }
    return new ExecutorChoice(best, reason(detection, sorted), sorted);
  }

  private static String reason(Detection detection, Map<String, Detection> all) {
    if (detection.getFit() == Fit.FALLBACK) {
      return why(all) + ": " + detection.getReason();
    }
    String others =
        names(all, other -> other.getFit().compareTo(Fit.FALLBACK) < 0 && !other.equals(detection));
    return others.isEmpty()
        ? detection.getReason()
        : detection.getReason() + "; also here: " + others;
  }

  private static String names(Map<String, Detection> all, Predicate<Detection> which) {
    return all.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private static String why(Map<String, Detection> all) {
    String unfit =
        all.entrySet().stream()
            .filter(entry -> entry.getValue().getFit() == Fit.NONE)
            .map(entry -> entry.getKey() + ": " + entry.getValue().getReason())
            .collect(Collectors.joining("; "));
    return unfit.isEmpty()
        ? "no scheduler's commands are in PATH"
        : "no scheduler can be used (" + unfit + ")";
  }

  private Map<String, Detection> detections() {
    List<ExecutorDescriptor> descriptors = registry.newest();
    List<Callable<@Nullable Detection>> questions = new ArrayList<>();
    descriptors.forEach(descriptor -> questions.add(() -> descriptor.detect(here)));
    List<Future<@Nullable Detection>> answers = ask(questions);
    Map<String, Detection> found = new LinkedHashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      Detection detection = detection(answers.get(i));
      if (detection != null) {
        found.put(descriptors.get(i).getName(), detection);
      }
    }
    return found;
  }

  /** All at once, each in a thread of its own: one that hangs holds up nobody. */
  private List<Future<@Nullable Detection>> ask(List<Callable<@Nullable Detection>> questions) {
    ExecutorService threads = Executors.newCachedThreadPool(ExecutorDetector::thread);
    try {
      return threads.invokeAll(questions, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PsijException("Interrupted while looking for an executor that fits", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable question) {
    Thread thread = new Thread(question, "psij-detection");
    thread.setDaemon(true);
    return thread;
  }

  private @Nullable Detection detection(Future<@Nullable Detection> answer) {
    try {
      return answer.get();
    } catch (CancellationException e) {
      return Detection.of(Fit.NONE, "it did not tell within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Detection.of(Fit.NONE, "it could not find out: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PsijException("Interrupted while looking for an executor that fits", e);
    }
  }
}
