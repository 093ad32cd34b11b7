package org.psij.executors.hostile;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The values of one job.
 *
 * @param arguments what the executable is given
 * @param environment what its environment is to hold
 * @param fileNames the names of the files that it uses
 * @param search how its executable is named
 * @param inherits whether it inherits the submitter's environment
 */
record HostileValues(
    List<String> arguments,
    Map<String, String> environment,
    Map<HostileJob.Place, String> fileNames,
    Search search,
    boolean inherits) {

  /** How an executable is named. */
  enum Search {
    ABSOLUTE,
    IN_WORKING_DIRECTORY,
    IN_PATH
  }

  /** Chooses values, so many arguments and variables. */
  static Arbitrary<HostileValues> of(int arguments, int variables) {
    return Combinators.combine(
            arguments(arguments),
            Arbitraries.maps(HostileText.variables(), HostileText.values()).ofSize(variables),
            namesOfFiles(),
            Arbitraries.of(Search.class),
            Arbitraries.of(true, false))
        .as(HostileValues::new);
  }

  private static Arbitrary<Map<HostileJob.Place, String>> namesOfFiles() {
    List<HostileJob.Place> places = List.of(HostileJob.Place.values());
    return HostileText.fileNames()
        .list()
        .ofSize(places.size())
        .map(
            names ->
                IntStream.range(0, places.size())
                    .boxed()
                    .collect(Collectors.toMap(places::get, names::get)));
  }

  /** One in ten lists has a very long one among them. */
  private static Arbitrary<List<String>> arguments(int count) {
    Arbitrary<List<String>> some = HostileText.values().list().ofSize(count);
    return Combinators.combine(some, HostileText.longValues().injectNull(0.9))
        .as(
            (usual, big) ->
                big == null
                    ? usual
                    : Stream.concat(usual.stream().skip(1), Stream.of(big)).toList());
  }

  /** Tells how many values there are. */
  int count() {
    return arguments.size() + 2 * environment.size() + fileNames.size();
  }
}
