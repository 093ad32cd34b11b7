package org.psij.cli;

import java.util.ArrayList;
import java.util.List;
import org.psij.Job;
import org.psij.JobExecutor;
import org.psij.PsijException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The jobs that a command line names by the ids that their scheduler gave them. */
final class NamedJobs {
  @Mixin private ExecutorOption where;

  @Option(names = "--json", description = "Print the statuses as JSON, a line each.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      description = "Native ids, as psij submit and psij list print them.")
  private List<String> nativeIds;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  NamedJobs() {}

  JobExecutor open() {
    return where.open();
  }

  JobReport report(CommandLine command) {
    return new JobReport(command.getOut(), command.getErr(), json);
  }

  /** Attaches the jobs; one that cannot be is reported, and hinders no other. */
  List<Job> attach(JobExecutor executor, JobReport report) {
    List<Job> attached = new ArrayList<>();
    for (String nativeId : nativeIds) {
      Job job = new Job();
      try {
        executor.attach(job, nativeId);
        attached.add(job);
      } catch (PsijException e) {
        report.problem(nativeId, e.getMessage());
      }
    }
    return attached;
  }
}
