package org.psij.executors;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.psij.Job;
import org.psij.JobSpec;
import org.psij.JobStatus;

/** The jobs of a {@link KilledClient}: what each does, and how it must end. */
enum KilledJob {
  SUCCEEDS("exit 0", "COMPLETED 0"),
  FAILS("exit 3", "FAILED 3"),
  DIES("kill -KILL $$", "FAILED 137"),
  IS_CANCELED("exec sleep 600", "CANCELED");

  private final String shell;
  private final String end;

  KilledJob(String shell, String end) {
    this.shell = shell;
    this.end = end;
  }

  static KilledJob of(int index) {
    return switch (index % 20) {
      case 3, 8, 13 -> FAILS;
      case 5, 15 -> DIES;
      case 10 -> IS_CANCELED;
      default -> SUCCEEDS;
    };
  }

  /** The job appends a line to a file of its own, and takes up to two seconds. */
  static JobSpec spec(int index, Path runs) {
    String shell =
        String.format(
            Locale.ROOT,
            "echo ran >>%s; sleep %.1f; %s",
            runs.resolve(String.valueOf(index)),
            index % 6 * 0.4,
            of(index).shell);
    return JobSpec.builder("/bin/sh").arguments("-c", shell).name("job-" + index).build();
  }

  static int indexOf(Job job) {
    String name = Objects.requireNonNull(Objects.requireNonNull(job.getSpec()).getName());
    return Integer.parseInt(name.substring("job-".length()));
  }

  /** A final status in the form in which clients write it down. */
  static String text(JobStatus status) {
    return status.getExitCode() == null
        ? status.getState().name()
        : status.getState() + " " + status.getExitCode();
  }

  boolean endsAs(String text) {
    return this == IS_CANCELED ? text.startsWith(end) : text.equals(end);
  }

  boolean mayNotRun() {
    return this == IS_CANCELED;
  }
}
