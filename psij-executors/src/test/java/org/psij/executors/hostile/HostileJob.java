package org.psij.executors.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.psij.JobSpec;
import org.psij.StageIn;
import org.psij.StageOut;
import org.psij.StageOutFlags;
import org.psij.StagingMode;

/**
 * A job all of whose values are hostile, in a folder of its own with the files that they name. It
 * runs a program that tells what it was given.
 */
final class HostileJob {
  /** What has a name. */
  enum Place {
    EXECUTABLE,
    DIRECTORY,
    STDIN,
    STDOUT,
    STDERR,
    PRE_LAUNCH,
    POST_LAUNCH,
    STAGE_IN_SOURCE,
    STAGED,
    STAGE_OUT_TARGET
  }

  private static final String INPUT = "what stands in the standard input\n";
  private static final String STAGED = "what is staged\n";

  private final HostileValues values;
  private final Path home;
  private final Map<Place, Path> files = new EnumMap<>(Place.class);
  private boolean scripted;

  private HostileJob(HostileValues values, Path home) {
    this.values = values;
    this.home = home;
  }

  /** A job with nothing around its executable. */
  static HostileJob direct(HostileValues values, Path home) {
    return new HostileJob(values, home).prepared();
  }

  /** A job that also stages files and has scripts before and behind it. */
  static HostileJob scripted(HostileValues values, Path home) {
    HostileJob job = new HostileJob(values, home);
    job.scripted = true;
    return job.prepared();
  }

  private HostileJob prepared() {
    try {
      for (Place place : Place.values()) {
        Path folder = Files.createDirectories(home.resolve(place.name()));
        files.put(place, folder.resolve(values.fileNames().get(place)));
      }
      Files.createDirectory(file(Place.DIRECTORY));
      Files.writeString(file(Place.STDIN), INPUT);
      Path executable = executable();
      Files.createDirectories(executable.getParent());
      Files.writeString(executable, Receiver.SCRIPT);
      Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwxr-xr-x"));
      if (scripted) {
        Files.writeString(file(Place.PRE_LAUNCH), "export PRE_LAUNCH=sourced\n");
        Files.writeString(file(Place.POST_LAUNCH), ": >'" + home.resolve("after") + "'\n");
        Files.writeString(file(Place.STAGE_IN_SOURCE), STAGED);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(Place place) {
    return files.get(place);
  }

  private Path executable() {
    String name = values.fileNames().get(Place.EXECUTABLE);
    return values.search() == HostileValues.Search.IN_WORKING_DIRECTORY
        ? file(Place.DIRECTORY).resolve("bin").resolve(name)
        : file(Place.EXECUTABLE);
  }

  JobSpec.Builder spec() {
    Path name = executable().getFileName();
    String executable =
        switch (values.search()) {
          case ABSOLUTE -> executable().toString();
          case IN_WORKING_DIRECTORY -> "bin/" + name;
          case IN_PATH -> name.toString();
        };
    JobSpec.Builder spec =
        JobSpec.builder(executable)
            .arguments(values.arguments())
            .inheritEnvironment(values.inherits())
            .environment(values.environment())
            .environmentVariable("PATH", executable().getParent() + ":/usr/bin:/bin")
            .directory(file(Place.DIRECTORY))
            .stdinPath(file(Place.STDIN))
            .stdoutPath(file(Place.STDOUT))
            .stderrPath(file(Place.STDERR));
    return scripted ? surrounded(spec) : spec;
  }

  private JobSpec.Builder surrounded(JobSpec.Builder spec) {
    Path staged = file(Place.STAGED).getFileName();
    return spec.preLaunch(file(Place.PRE_LAUNCH))
        .postLaunch(file(Place.POST_LAUNCH))
        .stageIn(Set.of(new StageIn(file(Place.STAGE_IN_SOURCE).toUri(), staged, StagingMode.COPY)))
        .stageOut(
            Set.of(
                new StageOut(
                    staged,
                    file(Place.STAGE_OUT_TARGET).toUri(),
                    StagingMode.COPY,
                    EnumSet.of(StageOutFlags.ON_SUCCESS))))
        .cleanup(staged);
  }

  int cases() {
    return values.count();
  }

  /** Holds that everything arrived as it was given, and that nothing else has come into being. */
  void assertArrived() throws IOException {
    assertThat(files()).as("files of %s", home).isEqualTo(expectedFiles());
    Receiver received = received();
    assertThat(received.arguments()).isEqualTo(values.arguments());
    assertThat(received.input()).isEqualTo(INPUT);
    assertThat(received.directory()).isEqualTo(file(Place.DIRECTORY).toRealPath().toString());
    values
        .environment()
        .forEach((name, value) -> assertThat(received.variable(name)).as(name).containsOnly(value));
    assertThat(Files.readString(file(Place.STDERR))).isEqualTo(Receiver.ERROR);
    if (scripted) {
      assertThat(received.variable("PRE_LAUNCH")).containsOnly("sourced");
      assertThat(Files.readString(file(Place.STAGE_OUT_TARGET))).isEqualTo(STAGED);
    }
  }

  /** What the executable was given. */
  Receiver received() throws IOException {
    return Receiver.read(file(Place.STDOUT));
  }

  private Set<String> expectedFiles() {
    List<Path> expected = new ArrayList<>(List.of(executable()));
    expected.addAll(List.of(file(Place.STDIN), file(Place.STDOUT), file(Place.STDERR)));
    if (scripted) {
      expected.addAll(List.of(file(Place.PRE_LAUNCH), file(Place.POST_LAUNCH)));
      expected.addAll(List.of(file(Place.STAGE_IN_SOURCE), file(Place.STAGE_OUT_TARGET)));
      expected.add(home.resolve("after"));
    }
    return relative(expected.stream());
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return relative(all.filter(path -> !Files.isDirectory(path)));
    }
  }

  private Set<String> relative(Stream<Path> paths) {
    Set<String> texts = new TreeSet<>();
    paths.forEach(path -> texts.add(home.relativize(path).toString()));
    return texts;
  }

  @Override
  public String toString() {
    return home + " " + values;
  }
}
