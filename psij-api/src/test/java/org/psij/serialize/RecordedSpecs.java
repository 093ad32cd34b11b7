package org.psij.serialize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.psij.JobAttributes;
import org.psij.JobSpec;
import org.psij.ResourceSpecV1;

/** The documents that psij-python wrote, and what each of them describes. */
final class RecordedSpecs {
  /** Negative durations can be written by psij-python and mean nothing. */
  static final String NEGATIVE_DURATION = "25_duration_negative";

  private RecordedSpecs() {}

  static Map<String, JobSpec> expected() {
    Map<String, JobSpec> specs = new LinkedHashMap<>();
    specs.put("01_empty", JobSpec.builder().build());
    specs.put("02_minimal", JobSpec.builder("/bin/date").build());
    specs.put(
        "03_name_and_args", JobSpec.builder("/bin/sleep").arguments("1").name("my job").build());
    specs.put("04_empty_collections", JobSpec.builder("").build());
    specs.put(
        "05_paths",
        JobSpec.builder("/bin/cat")
            .directory(Path.of("/tmp/some dir/../x"))
            .stdinPath(Path.of("in.txt"))
            .stdoutPath(Path.of("/tmp/out put.txt"))
            .stderrPath(Path.of("err/x.txt"))
            .build());
    specs.put(
        "06_paths_odd",
        JobSpec.builder("/bin/true")
            .directory(Path.of("."))
            .stdinPath(Path.of("."))
            .stdoutPath(Path.of("a"))
            .stderrPath(Path.of("~/b/c"))
            .build());
    specs.put(
        "07_environment",
        JobSpec.builder("/usr/bin/env")
            .environmentVariable("STR", "a b")
            .environmentVariable("INT", "42")
            .environmentVariable("NEG", "-1")
            .environmentVariable("EMPTY", "")
            .environmentVariable("BOOL", "True")
            .environmentVariable("QUOTES", "x\"y'z")
            .environmentVariable("DOLLAR", "$HOME")
            .build());
    specs.put(
        "08_no_inherit",
        JobSpec.builder("/usr/bin/env")
            .inheritEnvironment(false)
            .environment(Map.of("A", "1"))
            .build());
    specs.put("09_inherit_true", JobSpec.builder("/usr/bin/env").build());
    specs.put(
        "10_resources_all",
        hostname(
            ResourceSpecV1.builder()
                .nodeCount(2)
                .processCount(8)
                .processesPerNode(4)
                .cpuCoresPerProcess(3)
                .gpuCoresPerProcess(1)
                .exclusiveNodeUse(true)
                .memory((1L << 30) + 512)));
    specs.put("11_resources_default", hostname(ResourceSpecV1.builder()));
    specs.put("12_resources_process_count", hostname(ResourceSpecV1.builder().processCount(4)));
    specs.put(
        "13_resources_ppn_nodes",
        hostname(ResourceSpecV1.builder().nodeCount(3).processesPerNode(2)));
    specs.put(
        "14_attributes_all",
        date(
            JobAttributes.builder()
                .duration(Duration.ofHours(1).plusMinutes(30).plusSeconds(15))
                .queueName("debug")
                .account("proj1")
                .reservationId("res-7")
                .customAttribute("slurm.constraint", "haswell")
                .customAttribute("pbs.l", "x=1")));
    specs.put("15_duration_default", date(Duration.ofMinutes(10)));
    specs.put("16_duration_hms", date(Duration.ofHours(1).plusMinutes(2).plusSeconds(3)));
    specs.put("17_duration_hm", date(Duration.ofMinutes(150)));
    specs.put("18_duration_minutes", date(Duration.ofMinutes(90)));
    specs.put("19_duration_unit", date(Duration.ofSeconds(45)));
    specs.put("20_duration_fraction", date(Duration.ofMillis(3_700_500)));
    specs.put("21_duration_days", date(Duration.ofDays(2).plusHours(3)));
    specs.put("22_duration_micro", date(Duration.ofNanos(1_000)));
    specs.put("23_duration_zero", date(Duration.ZERO));
    specs.put("24_duration_large", date(Duration.ofDays(200_000_000)));
    specs.put(
        "26_custom_int_bool",
        date(
            JobAttributes.builder()
                .customAttribute("i", 5)
                .customAttribute("b", true)
                .customAttribute("s", "x")
                .customAttribute("neg", BigInteger.TWO.pow(70).negate())));
    specs.put("27_custom_timedelta", date(JobAttributes.builder().customAttribute("t", "60.0 s")));
    specs.put("33_project_name", date(JobAttributes.builder().account("old")));
    specs.put("34_account_only", date(JobAttributes.builder().account("acc")));
    specs.put(
        "35_launch",
        JobSpec.builder("/bin/date")
            .launcher("mpirun")
            .preLaunch(Path.of("/opt/pre launch.sh"))
            .postLaunch(Path.of("post.sh"))
            .build());
    specs.put(
        "36_unicode",
        JobSpec.builder("/bin/\u00e9cho")
            .arguments("\u65e5\u672c\u8a9e", "\ud83d\ude00", "\u00fc", "\u007f")
            .name("t\u00e2che")
            .environment(Map.of("K\u00c9Y", "v\u00e4l"))
            .build());
    specs.put(
        "37_quotes_newlines",
        JobSpec.builder("/bin/echo")
            .arguments(
                "a \"b\" c",
                "it's",
                "line1\nline2",
                "tab\there",
                "back\\slash",
                "$HOME `id` !x",
                "",
                " ",
                "\0\u001b",
                "</script>",
                "\r\n")
            .build());
    specs.put("38_name_only", JobSpec.builder().name("only").build());
    specs.put("43_cleanup_flags_default", JobSpec.builder("/bin/cat").build());
    specs.put("45_kitchen_sink", kitchenSink());
    return specs;
  }

  private static JobSpec kitchenSink() {
    return JobSpec.builder("/opt/app/run")
        .arguments("-n", "3", "--msg=h\u00e9llo \"w\"")
        .directory(Path.of("/scratch/u"))
        .name("sink")
        .inheritEnvironment(false)
        .environment(Map.of("A", "b", "N", "7"))
        .stdinPath(Path.of("/i"))
        .stdoutPath(Path.of("/o"))
        .stderrPath(Path.of("/e"))
        .resources(
            ResourceSpecV1.builder()
                .nodeCount(4)
                .processesPerNode(2)
                .cpuCoresPerProcess(8)
                .gpuCoresPerProcess(2)
                .exclusiveNodeUse(true)
                .memory(1L << 34)
                .build())
        .attributes(
            JobAttributes.builder()
                .duration(Duration.ofHours(12))
                .queueName("batch")
                .account("acct")
                .reservationId("r1")
                .customAttribute("slurm.mem", "0")
                .customAttribute("slurm.nice", 100)
                .customAttribute("slurm.requeue", false)
                .build())
        .preLaunch(Path.of("/pre.sh"))
        .postLaunch(Path.of("/post.sh"))
        .launcher("srun")
        .build();
  }

  private static JobSpec hostname(ResourceSpecV1.Builder resources) {
    return JobSpec.builder("/bin/hostname").resources(resources.build()).build();
  }

  private static JobSpec date(JobAttributes.Builder attributes) {
    return JobSpec.builder("/bin/date").attributes(attributes.build()).build();
  }

  private static JobSpec date(Duration duration) {
    return date(JobAttributes.builder().duration(duration));
  }

  /** The names of all documents, without extension. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String document(String name) {
    try {
      return Files.readString(folder().resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(RecordedSpecs.class.getResource("/psij-json").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
