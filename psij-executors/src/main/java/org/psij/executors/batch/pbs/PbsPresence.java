package org.psij.executors.batch.pbs;

import java.util.List;
import java.util.regex.Pattern;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.PresenceDialect;

/**
 * Tells by {@code qstat --version} the members of a family whose commands have the same names.
 * OpenPBS prints {@code pbs_version = 23.06.06}, Torque {@code Version: 6.1.2} or {@code version:
 * 4.2.10}, and the commands that Slurm brings print their usage.
 */
final class PbsPresence implements PresenceDialect {
  private static final Pattern OPENPBS = Pattern.compile("^pbs_version *=", Pattern.MULTILINE);
  private static final Pattern TORQUE = Pattern.compile("^[Vv]ersion: ", Pattern.MULTILINE);
  private static final Pattern SLURM =
      Pattern.compile("^Unknown option: version\\s+Usage:\\s+qstat ", Pattern.MULTILINE);

  private static final Pattern NO_CLUSTER =
      Pattern.compile(
          "pbs conf variables not found|check server_name file"
              + "|[Nn]o default server name|cannot connect to server \\(null\\)");

  private final boolean torque;

  /**
   * Says who is looked for.
   *
   * @param torque whether it is Torque, and not OpenPBS
   */
  PbsPresence(boolean torque) {
    this.torque = torque;
  }

  @Override
  public String program() {
    return "qsub";
  }

  @Override
  public List<String> originCommand() {
    return List.of("qstat", "--version");
  }

  @Override
  public Origin origin(CommandResult result) {
    String words = result.stdout() + "\n" + result.stderr();
    if (torque && SLURM.matcher(words).find()) {
      return Origin.COMPATIBLE;
    }
    return (torque ? TORQUE : OPENPBS).matcher(words).find() ? Origin.OWN : Origin.FOREIGN;
  }

  @Override
  public List<String> variablesOfJobs() {
    return List.of("PBS_JOBID");
  }

  @Override
  public boolean isWithoutCluster(String words) {
    return NO_CLUSTER.matcher(words).find();
  }
}
