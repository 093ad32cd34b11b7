package org.psij.executors.batch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;

/**
 * One field of a specification with a value, for the documentation.
 *
 * @param label what stands in the document
 * @param setting puts the value into a specification that has nothing but an executable
 */
record SampleField(String label, UnaryOperator<JobSpec.Builder> setting) {
  private static final long GIB = 1L << 30;

  JobSpec spec() {
    return setting.apply(JobSpec.builder("/bin/prog")).build();
  }

  /** Tells which method of a builder gives the value. */
  String method() {
    return label.substring(0, label.indexOf('('));
  }

  /** Every field of a specification, under the name of the builder's method. */
  static List<SampleField> all() {
    return List.of(
        new SampleField("executable(\"/opt/simulate\")", s -> s.executable("/opt/simulate")),
        new SampleField("arguments(\"-v\")", s -> s.arguments("-v")),
        new SampleField("directory(\"/data\")", s -> s.directory(Path.of("/data"))),
        new SampleField("name(\"greeting\")", s -> s.name("greeting")),
        new SampleField("inheritEnvironment(false)", s -> s.inheritEnvironment(false)),
        new SampleField("environment({\"A\": \"b\"})", s -> s.environment(Map.of("A", "b"))),
        new SampleField("environmentVariable(\"A\", \"b\")", s -> s.environmentVariable("A", "b")),
        new SampleField("stdinPath(\"in\")", s -> s.stdinPath(Path.of("in"))),
        new SampleField("stdoutPath(\"out\")", s -> s.stdoutPath(Path.of("out"))),
        new SampleField("stderrPath(\"err\")", s -> s.stderrPath(Path.of("err"))),
        resources("nodeCount(2)", r -> r.nodeCount(2)),
        resources("processCount(4)", r -> r.processCount(4)),
        resources("processesPerNode(4)", r -> r.processesPerNode(4)),
        resources("cpuCoresPerProcess(2)", r -> r.cpuCoresPerProcess(2)),
        resources("gpuCoresPerProcess(1)", r -> r.gpuCoresPerProcess(1)),
        resources("exclusiveNodeUse(true)", r -> r.exclusiveNodeUse(true)),
        resources("memory(4 GiB)", r -> r.memory(4 * GIB)),
        attributes("duration(90 min)", a -> a.duration(Duration.ofMinutes(90))),
        attributes("queueName(\"debug\")", a -> a.queueName("debug")),
        attributes("account(\"abc\")", a -> a.account("abc")),
        attributes("reservationId(\"r1\")", a -> a.reservationId("r1")),
        new SampleField("preLaunch(\"pre.sh\")", s -> s.preLaunch(Path.of("pre.sh"))),
        new SampleField("postLaunch(\"post.sh\")", s -> s.postLaunch(Path.of("post.sh"))),
        new SampleField("launcher(\"multiple\")", s -> s.launcher("multiple")),
        new SampleField(
            "stageIn(…)", s -> s.stageIn(new StageIn(URI.create("/data/in"), Path.of("in")))),
        new SampleField("stageOut(…, ON_SUCCESS)", s -> s.stageOut(out(StageOutFlags.ON_SUCCESS))),
        new SampleField("stageOut(…, ON_CANCEL)", s -> s.stageOut(out(StageOutFlags.ON_CANCEL))),
        new SampleField("cleanup(\"tmp\")", s -> s.cleanup(Path.of("tmp"))),
        new SampleField(
            "cleanupFlags(ON_ERROR) with cleanup(\"tmp\")",
            s -> s.cleanup(Path.of("tmp")).cleanupFlags(StageOutFlags.ON_ERROR)));
  }

  /** Several resources together. */
  static List<SampleField> layouts() {
    return List.of(
        resources(
            "4 processes of 2 cores, 1 GPU each, 8 GiB",
            r -> r.processCount(4).cpuCoresPerProcess(2).gpuCoresPerProcess(1).memory(8 * GIB)),
        resources(
            "2 nodes, 4 processes on each, 8 GiB",
            r -> r.nodeCount(2).processesPerNode(4).memory(8 * GIB)),
        new SampleField(
            "the same with `gridengine.pe` = `\"mpi\"`",
            s ->
                s.resources(
                        ResourceSpecV1.builder()
                            .nodeCount(2)
                            .processesPerNode(4)
                            .memory(8 * GIB)
                            .build())
                    .attributes(custom("gridengine.pe", "mpi"))),
        resources("3 bytes for 2 processes", r -> r.processCount(2).memory(3L)));
  }

  /** Custom attributes. */
  static List<SampleField> customs() {
    return List.of(
        customField("slurm.constraint", "ssd"),
        customField("slurm.C", "ssd"),
        customField("slurm.mail_type", List.of("BEGIN", "END")),
        customField("slurm.requeue", true),
        customField("slurm.time", null),
        customField("pbs.l.software", "ansys"),
        customField("pbs.W", "umask=022"),
        customField("pbs_classic.p", 5L),
        customField("torque.p", 5L),
        customField("gridengine.l.h_vmem", "2G"),
        customField("sge.l.h_rt", null),
        customField("gridengine.m", "e"),
        customField("lsf.sp", 5L),
        customField("lsf.R", List.of("select[ssd]", "order[mem]")),
        customField("lsf.env", null),
        customField("local.nice", 5L));
  }

  /** What some scheduler does not take. */
  static List<SampleField> refusals() {
    return List.of(
        new SampleField("name of two lines", s -> s.name("a\nb")),
        new SampleField("name `my job`", s -> s.name("my job")),
        new SampleField("name `7up`", s -> s.name("7up")),
        new SampleField("name `a[1]`", s -> s.name("a[1]")),
        new SampleField("name of 300 letters", s -> s.name("n".repeat(300))),
        attributes("queue name `a b`", a -> a.queueName("a b")),
        attributes("queue name `a\\b`", a -> a.queueName("a\\b")),
        attributes("account `ä`", a -> a.account("ä")),
        attributes("walltime of zero", a -> a.duration(Duration.ZERO)),
        attributes("walltime of 1 s", a -> a.duration(Duration.ofSeconds(1))),
        attributes("walltime of 100 years", a -> a.duration(Duration.ofDays(36525))),
        attributes("queue `q` and reservation `r1`", a -> a.queueName("q").reservationId("r1")),
        resources("2 nodes", r -> r.nodeCount(2)),
        resources("8 EiB - 1", r -> r.memory(Long.MAX_VALUE)),
        customField("slurm.array", "1-9"),
        customField("slurm.wait", true),
        customField("pbs.J", "1-9"),
        customField("pbs_classic.t", "1-9"),
        customField("pbs.I", true),
        customField("pbs.walltime", "1:00"),
        customField("gridengine.t", "1-9"),
        customField("gridengine.sync", "y"),
        new SampleField(
            "4 processes and `gridengine.pe` = `\"smp 2-\"`",
            s ->
                s.resources(ResourceSpecV1.builder().processCount(4).build())
                    .attributes(custom("gridengine.pe", "smp 2-"))),
        customField("lsf.K", true),
        customField("lsf.J", "a[1-9]"));
  }

  private static StageOut out(StageOutFlags flag) {
    return new StageOut(Path.of("out"), URI.create("/data/out"), StagingMode.COPY, Set.of(flag));
  }

  private static SampleField resources(String label, UnaryOperator<ResourceSpecV1.Builder> given) {
    return new SampleField(label, s -> s.resources(given.apply(ResourceSpecV1.builder()).build()));
  }

  private static SampleField attributes(String label, UnaryOperator<JobAttributes.Builder> given) {
    return new SampleField(label, s -> s.attributes(given.apply(JobAttributes.builder()).build()));
  }

  private static SampleField customField(String name, @Nullable Object value) {
    String written = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    return new SampleField(
        "`" + name + "` = `" + written + "`", s -> s.attributes(custom(name, value)));
  }

  private static JobAttributes custom(String name, @Nullable Object value) {
    return JobAttributes.builder().customAttribute(name, value).build();
  }
}
