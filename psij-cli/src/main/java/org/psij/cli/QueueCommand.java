package org.psij.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psij.JobExecutor;
import org.psij.QueueView;
import org.psij.QueuedJob;
import org.psij.SubmitException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the jobs of all users. */
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Show all jobs of a scheduler, yours and those of others.",
    description = {
      "",
      "SIZE is nodes x CPUs on each, SINCE the time of the end, the start or the submission, WHERE"
          + " the nodes of a job or why it has none. What is not known is a dash. On a terminal"
          + " columns are cut to fit; --json tells all. The local executor shows the jobs of its"
          + " work directory.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  psij queue -e slurm -u \"$USER\"            your jobs",
      "  psij queue -e slurm -s running -q debug   what runs in a partition",
      "  psij queue -e gridengine --watch          look again and again, until Ctrl-C"
    })
final class QueueCommand implements Runnable {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final String HOME = "\033[H";
  private static final String CLEAR = "\033[H\033[2J";
  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_REST = "\033[J";

  @Spec private CommandSpec command;

  @Mixin private ExecutorOption where;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Show only the jobs of this user.")
  private @Nullable String user;

  @Option(
      names = {"-s", "--state"},
      paramLabel = "STATE",
      split = ",",
      description =
          "Show only jobs in these states: queued, running, completed (ended in whatever way), or"
              + " one of the library's such as ACTIVE or FAILED.")
  private List<String> states = new ArrayList<>();

  @Option(
      names = {"-q", "--queue"},
      paramLabel = "QUEUE",
      description = "Show only the jobs of this queue or partition.")
  private @Nullable String queue;

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = "5",
      converter = TimeoutConverter.class,
      description = "Show them again each 5 seconds, or after TIME, until Ctrl-C.")
  private @Nullable Duration pause;

  @Option(names = "--json", description = "Print the jobs as JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  QueueCommand() {}

  @Override
  public void run() {
    Predicate<QueuedJob> wanted = new QueueFilter(user, states, queue).predicate();
    if (pause != null && pause.compareTo(SHORTEST_PAUSE) < 0) {
      throw new IllegalArgumentException(
          "--watch must be at least a second, was " + pause.toMillis() + " ms");
    }
    try (JobExecutor executor = where.open()) {
      QueueView view = Capabilities.of(executor, QueueView.class, "cannot show a queue");
      if (pause == null) {
        show(view, wanted);
      } else {
        watch(view, wanted, pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(QueueView view, Predicate<QueuedJob> wanted) {
    PrintWriter out = command.commandLine().getOut();
    try (Stream<QueuedJob> jobs = view.stream()) {
      if (json) {
        QueueJson.print(jobs.filter(wanted), out);
        return;
      }
      TextTable table = QueueTable.of(jobs.filter(wanted), ZoneId.systemDefault());
      Terminal terminal = Terminal.ofStandardOutput();
      (terminal == null ? table.lines() : table.lines(terminal.columns())).forEach(out::println);
    }
    out.flush();
  }

  private void watch(QueueView view, Predicate<QueuedJob> wanted, Duration interval)
      throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    boolean onTerminal = !json && Terminal.ofStandardOutput() != null;
    if (onTerminal) {
      out.print(CLEAR);
    }
    while (true) {
      try {
        if (onTerminal) {
          redraw(view, wanted);
        } else {
          show(view, wanted);
        }
      } catch (SubmitException e) {
        ErrorLine.print(command.commandLine().getErr(), e.getMessage());
      }
      if (out.checkError()) {
        return; // nobody reads on
      }
      Thread.sleep(interval.toMillis());
    }
  }

  private void redraw(QueueView view, Predicate<QueuedJob> wanted) {
    PrintWriter out = command.commandLine().getOut();
    List<String> lines;
    Terminal terminal = Terminal.ofStandardOutput();
    try (Stream<QueuedJob> jobs = view.stream()) {
      TextTable table = QueueTable.of(jobs.filter(wanted), ZoneId.systemDefault());
      lines = terminal == null ? table.lines() : table.lines(terminal.columns());
    }
    int room = terminal == null ? lines.size() : Math.max(2, terminal.lines() - 1);
    out.print(HOME);
    int shown = lines.size() <= room ? lines.size() : room - 1;
    lines.subList(0, shown).forEach(line -> out.print(line + CLEAR_LINE + "\n"));
    if (shown < lines.size()) {
      out.print("and " + (lines.size() - shown) + " more" + CLEAR_LINE + "\n");
    }
    out.print(CLEAR_REST);
    out.flush();
  }
}
