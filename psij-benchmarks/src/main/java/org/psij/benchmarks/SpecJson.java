package org.psij.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;
import org.psij.serialize.JsonJobSpecSerializer;

/** The same document, written and read by the library and by Jackson's data binding. */
@State(Scope.Benchmark)
public class SpecJson {
  private final JsonJobSpecSerializer serializer = new JsonJobSpecSerializer();
  private final ObjectMapper mapper = new ObjectMapper();
  private final JobSpec spec = spec();
  private final String json = serializer.dumps(spec);
  private final PlainSpec plain = plainSpec();

  /** For JMH. */
  public SpecJson() {}

  private static JobSpec spec() {
    return JobSpec.builder("/opt/simulation/bin/simulate")
        .arguments("--steps", "100000", "--input", "input.dat", "--verbose")
        .directory(Path.of("/home/me/runs/42"))
        .name("simulation-42")
        .environment(
            Map.of(
                "OMP_NUM_THREADS", "4",
                "LD_LIBRARY_PATH", "/opt/simulation/lib:/opt/mpi/lib",
                "SIMULATION_HOME", "/opt/simulation"))
        .stdinPath(Path.of("/dev/null"))
        .stdoutPath(Path.of("out.txt"))
        .stderrPath(Path.of("err.txt"))
        .resources(
            ResourceSpecV1.builder()
                .nodeCount(4)
                .processesPerNode(8)
                .cpuCoresPerProcess(4)
                .gpuCoresPerProcess(1)
                .memory(64L << 30)
                .build())
        .attributes(
            JobAttributes.builder()
                .duration(Duration.ofMinutes(90))
                .queueName("long")
                .account("physics")
                .reservationId("maintenance")
                .customAttribute("slurm.constraint", "haswell")
                .customAttribute("slurm.nice", 100L)
                .build())
        .preLaunch(Path.of("/home/me/prepare.sh"))
        .launcher("mpirun")
        .stageIn(
            Set.of(
                new StageIn(
                    URI.create("file:///data/input.dat"), Path.of("input.dat"), StagingMode.COPY)))
        .stageOut(
            Set.of(
                new StageOut(
                    Path.of("result.dat"),
                    URI.create("file:///data/result.dat"),
                    StagingMode.COPY,
                    EnumSet.of(StageOutFlags.ON_SUCCESS))))
        .cleanup(Set.of(Path.of("input.dat")))
        .build();
  }

  private PlainSpec plainSpec() {
    try {
      return mapper.readValue(json, PlainSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The record has not the same fields", e);
    }
  }

  String document() {
    return json;
  }

  /**
   * The library writes.
   *
   * @return the document
   */
  @Benchmark
  public String libraryDump() {
    return serializer.dumps(spec);
  }

  /**
   * Jackson writes.
   *
   * @return the document
   * @throws JsonProcessingException never
   */
  @Benchmark
  public String jacksonDump() throws JsonProcessingException {
    return mapper.writeValueAsString(plain);
  }

  /**
   * The library reads.
   *
   * @return the specification
   */
  @Benchmark
  public Object libraryLoad() {
    return serializer.loads(json);
  }

  /**
   * Jackson reads.
   *
   * @return the record
   * @throws JsonProcessingException never
   */
  @Benchmark
  public Object jacksonLoad() throws JsonProcessingException {
    return mapper.readValue(json, PlainSpec.class);
  }
}
