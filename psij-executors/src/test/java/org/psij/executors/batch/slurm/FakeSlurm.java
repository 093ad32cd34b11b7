package org.psij.executors.batch.slurm;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Commands that answer as Slurm does and note the arguments of each submission. The queue is what a
 * test says; scripts run at once, on this machine, or not at all.
 */
final class FakeSlurm {
  private final Path folder;

  FakeSlurm(Path parent) throws IOException {
    folder = Files.createDirectory(parent.resolve("slurm-commands"));
    Files.createFile(folder.resolve("submissions"));
    Files.writeString(folder.resolve("id"), "100\n");
    queue();
    command(
        "sbatch",
        """
        if [ -e "$folder/late" ]; then
          rm "$folder/late"
          while [ -d "$folder" ] && [ ! -e "$folder/refuse" ]; do sleep 0.05; done
          echo "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy" >&2
          exit 1
        fi
        exec 9<"$folder/submissions"
        flock 9
        echo "${*##*/}" >>"$folder/submissions"
        array=
        for word; do
          case $word in --array=*) array=${word#*=} ;; esac
        done
        first=${array%-*} last=${array#*-}
        if [ -n "$array" ] && [ -e "$folder/most" ] &&
          [ $((last - first)) -ge "$(cat "$folder/most")" ]; then
          echo "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy" >&2
          exit 1
        fi
        read -r id <"$folder/id"
        echo $((id + 1)) >"$folder/id"
        if [ -e "$folder/runs" ]; then
          for i in $(seq "${first:-0}" "${last:-0}"); do
            if [ -n "$array" ]; then
              export SLURM_ARRAY_JOB_ID=$id SLURM_ARRAY_TASK_ID=$i
            fi
            SLURM_JOB_ID=$id SLURM_JOB_NODELIST=n1 setsid bash "${!#}" </dev/null >/dev/null 2>&1 9<&- &
          done
        fi
        [ -e "$folder/silent" ] || echo "$id"
        """);
    command(
        "squeue",
        """
        case $* in
          *--format=%i) cut -d'|' -f1 "$folder/queue" ;;
          *) cat "$folder/queue" ;;
        esac
        """);
    command("sacct", "");
    command("scancel", "");
  }

  private void command(String name, String script) throws IOException {
    Path file =
        Files.writeString(folder.resolve(name), "#!/bin/bash\nfolder='" + folder + "'\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  Path folder() {
    return folder;
  }

  /** The arguments of the submissions so far, without folders and the options of all of them. */
  List<String> submissions() throws IOException {
    return Files.readAllLines(folder.resolve("submissions")).stream()
        .map(line -> line.replace("--parsable --ignore-pbs ", ""))
        .toList();
  }

  /** Lets the configuration tell how large arrays may be. */
  void maxArraySize(int size) throws IOException {
    command(
        "scontrol",
        "echo asked >>\"$folder/asked\"\necho 'MaxArraySize            = " + size + "'\n");
  }

  /** How often somebody has asked for the configuration. */
  long questionsForTheLimit() throws IOException {
    return Files.readAllLines(folder.resolve("asked")).size();
  }

  /** Refuses arrays with more tasks, as a limit does of which the configuration does not tell. */
  void takeAtMost(int tasks) throws IOException {
    Files.writeString(folder.resolve("most"), tasks + "\n");
  }

  /** Takes its time for the next submission, which will be refused. */
  void delayRefusal() throws IOException {
    Files.createFile(folder.resolve("late"));
  }

  /** Whether that submission has come. */
  boolean isDelaying() {
    return Files.notExists(folder.resolve("late"));
  }

  /** Refuses it at last. */
  void refuse() throws IOException {
    Files.createFile(folder.resolve("refuse"));
  }

  /** Lets scripts run. */
  void run() throws IOException {
    Files.createFile(folder.resolve("runs"));
  }

  /** Takes submissions without saying so. */
  void answer(boolean says) throws IOException {
    if (says) {
      Files.delete(folder.resolve("silent"));
    } else {
      Files.createFile(folder.resolve("silent"));
    }
  }

  /** Says what is in the queue: rows of id, state, end, reason and command. */
  void queue(String... rows) throws IOException {
    Path next = Files.writeString(folder.resolve("queue.next"), lines(rows));
    Files.move(next, folder.resolve("queue"), ATOMIC_MOVE);
  }

  private static String lines(String... rows) {
    return rows.length == 0 ? "" : String.join("\n", rows) + "\n";
  }
}
