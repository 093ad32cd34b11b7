package org.psij.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.psij.JobState;

/** What became of the clients that were killed and of their jobs. */
final class KillTally {
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> shared = new ArrayList<>();
  private int kills;
  private int jobs;
  private int recoveredNew;
  private int recoveredRunning;
  private int recoveredEnded;
  private int refused;
  private int ends;

  int kills() {
    return kills;
  }

  void killed() {
    kills++;
  }

  /** Counts what a client that has ended had got back. */
  void add(ClientProcess client) throws InterruptedException {
    for (String recovered : client.said(KilledClient.RECOVERED)) {
      JobState state = JobState.fromName(recovered.substring(recovered.indexOf(' ') + 1));
      if (state == JobState.NEW) {
        recoveredNew++;
      } else if (state.isFinal()) {
        recoveredEnded++;
      } else {
        recoveredRunning++;
      }
    }
    refused += client.said(KilledClient.REFUSED).size();
  }

  /** Looks for jobs that two clients have got, of whom neither was gone when the other came. */
  void addTwoAtOnce(ClientProcess one, ClientProcess other) throws InterruptedException {
    Set<String> both = new HashSet<>(ids(one));
    both.retainAll(ids(other));
    shared.addAll(both);
  }

  private static List<String> ids(ClientProcess client) throws InterruptedException {
    return client.said(KilledClient.RECOVERED).stream()
        .map(recovered -> recovered.substring(0, recovered.indexOf(' ')))
        .toList();
  }

  /** Looks at what all jobs and all clients have written down. */
  void check(Path folder, int asked) throws IOException {
    jobs = asked;
    Map<Integer, List<String>> told = told(folder);
    for (int index = 0; index < asked; index++) {
      KilledJob kind = KilledJob.of(index);
      List<String> itsEnds = told.getOrDefault(index, List.of());
      Path file = KilledClient.runs(folder).resolve(String.valueOf(index));
      int runs = Files.exists(file) ? Files.readAllLines(file).size() : 0;
      String what = kind + " " + index + ": runs " + runs + ", ends " + itsEnds;
      if (itsEnds.isEmpty() || (runs == 0 && !kind.mayNotRun())) {
        lost.add(what);
      }
      if (runs > 1) {
        doubled.add(what);
      }
      if (!itsEnds.stream().allMatch(kind::endsAs)) {
        wrong.add(what);
      }
    }
  }

  private Map<Integer, List<String>> told(Path folder) throws IOException {
    Map<Integer, List<String>> told = new HashMap<>();
    for (String line : Files.readAllLines(KilledClient.ends(folder))) {
      int space = line.indexOf(' ');
      told.computeIfAbsent(Integer.valueOf(line.substring(0, space)), first -> new ArrayList<>())
          .add(line.substring(space + 1));
      ends++;
    }
    return told;
  }

  void assertAllIsWell() {
    assertThat(lost).as("jobs that did not run, or whose end nobody was told").isEmpty();
    assertThat(doubled).as("jobs that ran more than once").isEmpty();
    assertThat(wrong).as("jobs of which a wrong end was told").isEmpty();
    assertThat(shared).as("jobs that two clients recovered at once").isEmpty();
  }

  @Override
  public String toString() {
    return String.format(
        "%d kills, %d jobs, %d came back NEW, %d running, %d ended, %d requests refused,"
            + " %d ends told again, %d lost, %d doubled, %d wrong, %d in two hands",
        kills,
        jobs,
        recoveredNew,
        recoveredRunning,
        recoveredEnded,
        refused,
        ends - jobs,
        lost.size(),
        doubled.size(),
        wrong.size(),
        shared.size());
  }
}
