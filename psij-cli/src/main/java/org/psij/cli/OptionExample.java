package org.psij.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.JobSpec;
import picocli.CommandLine;

/**
 * An option with a value, to see what becomes of it. The values are those of docs/schedulers.md.
 *
 * @param arguments how it is written on a command line
 * @param spec the job {@link #PLAIN} with it
 */
record OptionExample(List<String> arguments, JobSpec spec) {
  private static final String PROGRAM = "/bin/prog";

  /** A job that is nothing but a command. */
  static final JobSpec PLAIN = JobSpec.builder(PROGRAM).build();

  /** A flag needs none, and an option that names a whole document has none. */
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("--launcher", List.of("multiple")),
          Map.entry("--directory", List.of("/data")),
          Map.entry("--name", List.of("greeting")),
          Map.entry("--env", List.of("A=b")),
          Map.entry("--stdin", List.of("in")),
          Map.entry("--stdout", List.of("out")),
          Map.entry("--stderr", List.of("err")),
          Map.entry("--pre-launch", List.of("pre.sh")),
          Map.entry("--post-launch", List.of("post.sh")),
          Map.entry("--node-count", List.of("2")),
          Map.entry("--process-count", List.of("4")),
          Map.entry("--processes-per-node", List.of("4")),
          Map.entry("--cpu-cores-per-process", List.of("2")),
          Map.entry("--gpu-cores-per-process", List.of("1")),
          Map.entry("--memory", List.of("4GiB")),
          Map.entry("--duration", List.of("1h30m")),
          Map.entry("--queue-name", List.of("debug")),
          Map.entry("--account", List.of("abc")),
          Map.entry("--reservation-id", List.of("r1")),
          Map.entry(
              "--attribute",
              List.of(
                  "slurm.constraint=ssd",
                  "pbs.W=umask=022",
                  "pbs_classic.p=5",
                  "gridengine.m=e",
                  "lsf.sp=5")));

  static @Nullable OptionExample of(JobOption option) {
    String name = option.longName();
    if (option.isFlag()) {
      return of(List.of(name));
    }
    List<String> values = VALUES.get(name);
    return values == null
        ? null
        : of(values.stream().flatMap(value -> Stream.of(name, value)).toList());
  }

  private static OptionExample of(List<String> arguments) {
    JobOptions options = new JobOptions();
    Stream<String> words = Stream.concat(arguments.stream(), Stream.of("--", PROGRAM));
    CommandLine.populateCommand(options, words.toArray(String[]::new));
    return new OptionExample(arguments, options.toBuilder().build());
  }
}
