package org.psij.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psij.InvalidJobException;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.PsijException;
import org.psij.ResourceSpecV1;
import org.psij.serialize.JsonJobSpecSerializer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that describe a job. What is given here goes before what {@code --spec} says, and
 * that before a profile.
 */
final class JobOptions {
  @Option(
      names = "--spec",
      paramLabel = "FILE",
      description = "Take the job from a JSON document, as psij spec and psij-python write it.")
  private @Nullable Path specFile;

  @Option(
      names = {"-l", "--launcher"},
      paramLabel = "NAME",
      description = "How the processes are started: see psij launchers. Default: single.")
  private @Nullable String launcher;

  @Option(
      names = {"-d", "--directory"},
      paramLabel = "DIR",
      description = "Working directory of the job. Default: the current one.")
  private @Nullable Path directory;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the job, for people.")
  private @Nullable String name;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Set an environment variable. May be given more than once.")
  private @Nullable Map<String, String> environment;

  @Option(
      names = "--no-inherit-environment",
      description = "Start from an empty environment instead of the present one.")
  private boolean emptyEnvironment;

  @Option(names = "--stdin", paramLabel = "FILE", description = "What the job reads.")
  private @Nullable Path stdin;

  @Option(names = "--stdout", paramLabel = "FILE", description = "Where its output goes.")
  private @Nullable Path stdout;

  @Option(names = "--stderr", paramLabel = "FILE", description = "Where its error output goes.")
  private @Nullable Path stderr;

  @Option(
      names = "--pre-launch",
      paramLabel = "FILE",
      description = "Shell script that is sourced before the launcher starts.")
  private @Nullable Path preLaunch;

  @Option(
      names = "--post-launch",
      paramLabel = "FILE",
      description = "Shell script that is sourced after all processes have ended.")
  private @Nullable Path postLaunch;

  @Option(
      names = "--node-count",
      paramLabel = "NODES",
      converter = CountConverter.class,
      description = "Number of nodes.")
  private @Nullable Integer nodeCount;

  @Option(
      names = "--process-count",
      paramLabel = "PROCESSES",
      converter = CountConverter.class,
      description = "Number of processes in all.")
  private @Nullable Integer processCount;

  @Option(
      names = "--processes-per-node",
      paramLabel = "PROCESSES",
      converter = CountConverter.class,
      description = "Number of processes on each node.")
  private @Nullable Integer processesPerNode;

  @Option(
      names = "--cpu-cores-per-process",
      paramLabel = "CORES",
      converter = CountConverter.class,
      description = "CPU cores for each process.")
  private @Nullable Integer cpuCoresPerProcess;

  @Option(
      names = "--gpu-cores-per-process",
      paramLabel = "GPUS",
      converter = CountConverter.class,
      description = "GPUs for each process.")
  private @Nullable Integer gpuCoresPerProcess;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemoryConverter.class,
      description =
          "Memory of the job in all: bytes, or as in 512M, 4GB, 2.5 GiB (powers of 1024).")
  private @Nullable Long memory;

  @Option(names = "--exclusive-node-use", description = "Share the nodes with no other job.")
  private boolean exclusiveNodeUse;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = WalltimeConverter.class,
      description =
          "Walltime: minutes, hh:mm, hh:mm:ss, d-hh, d-hh:mm:ss, or as in 90s, 1h30m, 2d. Default:"
              + " 10m.")
  private @Nullable Duration duration;

  @Option(names = "--queue-name", paramLabel = "NAME", description = "Queue or partition.")
  private @Nullable String queueName;

  @Option(names = "--account", paramLabel = "NAME", description = "Account or project to charge.")
  private @Nullable String account;

  @Option(names = "--reservation-id", paramLabel = "ID", description = "Advance reservation.")
  private @Nullable String reservationId;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      mapFallbackValue = Option.NULL_VALUE,
      description =
          "Custom attribute, such as slurm.constraint=haswell, or slurm.requeue=true for an option"
              + " without a value; with nothing behind the name, the directive that would be written"
              + " is left out. May be given more than once.")
  private @Nullable Map<String, String> attributes;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The executable and its arguments, after --.")
  private List<String> command = List.of();

  /** Reads a walltime with the rules of the library. */
  static final class WalltimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        return JobAttributes.parseWalltime(value);
      } catch (InvalidJobException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads an amount of memory with the rules of the library. */
  static final class MemoryConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      try {
        return ResourceSpecV1.parseMemory(value);
      } catch (InvalidJobException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads a number of things; how many there must be is said by the library. */
  static final class CountConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      try {
        return Integer.valueOf(value);
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "expected a whole number, at most " + Integer.MAX_VALUE + ", was '" + value + "'");
      }
    }
  }

  JobSpec toSpec(ProfileOption profile) {
    JobSpec.Builder spec = toBuilder();
    profile.applyTo(spec);
    return spec.build();
  }

  /** What the options and {@code --spec} say. */
  JobSpec.Builder toBuilder() {
    JobSpec.Builder spec = given();
    return specFile == null ? spec : spec.defaults(load(specFile));
  }

  private JobSpec.Builder given() {
    JobSpec.Builder spec = JobSpec.builder();
    if (!command.isEmpty()) {
      spec.executable(command.get(0)).arguments(command.subList(1, command.size()));
    }
    spec.launcher(launcher).directory(directory).name(name);
    spec.stdinPath(stdin).stdoutPath(stdout).stderrPath(stderr);
    spec.preLaunch(preLaunch).postLaunch(postLaunch);
    if (emptyEnvironment) {
      spec.inheritEnvironment(false);
    }
    if (environment != null) {
      spec.environment(environment);
    }
    return spec.resources(resources()).attributes(attributes());
  }

  static JobSpec load(Path file) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new JsonJobSpecSerializer().load(reader);
    } catch (UncheckedIOException e) {
      throw new PsijException("Cannot read " + file + ": " + e.getCause(), e);
    } catch (IOException e) {
      throw new PsijException("Cannot read " + file + ": " + e, e);
    }
  }

  private @Nullable ResourceSpecV1 resources() {
    boolean nothingGiven =
        nodeCount == null
            && processCount == null
            && processesPerNode == null
            && cpuCoresPerProcess == null
            && gpuCoresPerProcess == null
            && memory == null
            && !exclusiveNodeUse;
    if (nothingGiven) {
      return null;
    }
    ResourceSpecV1.Builder resources =
        ResourceSpecV1.builder()
            .nodeCount(nodeCount)
            .processCount(processCount)
            .processesPerNode(processesPerNode)
            .cpuCoresPerProcess(cpuCoresPerProcess)
            .gpuCoresPerProcess(gpuCoresPerProcess)
            .memory(memory);
    if (exclusiveNodeUse) {
      resources.exclusiveNodeUse(true);
    }
    return resources.build();
  }

  private JobAttributes attributes() {
    JobAttributes.Builder given =
        JobAttributes.builder().queueName(queueName).account(account).reservationId(reservationId);
    if (duration != null) {
      given.duration(duration);
    }
    if (attributes != null) {
      attributes.forEach((name, value) -> given.customAttribute(name, flagOrText(value)));
    }
    return given.build();
  }

  private static @Nullable Object flagOrText(@Nullable String value) {
    return "true".equals(value) || "false".equals(value) ? Boolean.valueOf(value) : value;
  }
}
