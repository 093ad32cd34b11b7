package org.psij.executors.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that a scheduler says about job 7, for the documentation.
 *
 * @param label what stands in the document
 * @param output what the command prints
 * @param fromAccounting whether it is the command that is asked for jobs that have left the queue
 */
record SampleState(String label, String output, boolean fromAccounting) {
  static List<SampleState> slurm() {
    List<SampleState> states = new ArrayList<>();
    Stream.of("PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "SPECIAL_EXIT")
        .forEach(state -> states.add(squeue(state, null)));
    states.add(squeue("PENDING", "JobHeldUser"));
    states.add(squeue("PENDING", "JobHeldAdmin"));
    Stream.of("RUNNING", "RESIZING", "SUSPENDED", "STOPPED", "COMPLETING", "STAGE_OUT", "REVOKED")
        .forEach(state -> states.add(squeue(state, null)));
    Stream.of("COMPLETED", "TIMEOUT", "DEADLINE", "OUT_OF_MEMORY", "PREEMPTED", "NODE_FAIL")
        .forEach(state -> states.add(squeue(state, null)));
    Stream.of("BOOT_FAIL", "LAUNCH_FAILED", "RECONFIG_FAIL", "CANCELLED", "FAILED")
        .forEach(state -> states.add(squeue(state, null)));
    states.add(squeue("CANCELLED", "DependencyNeverSatisfied"));
    states.add(squeue("FAILED", "NonZeroExitCode"));
    states.add(squeue("FAILED", "RaisedSignal:9(Killed)"));
    states.add(sacct("CANCELLED by 1001", "0:0", "the owner is 1001"));
    states.add(sacct("CANCELLED by 0", "0:0", "the owner is 1001"));
    states.add(sacct("CANCELLED", "0:0", null));
    states.add(sacct("FAILED", "3:0", null));
    states.add(sacct("FAILED", "0:9", null));
    states.add(sacct("FAILED", "0:53", null));
    states.add(sacct("FAILED", "0:125", null));
    states.add(squeue("NEVER_HEARD_OF", null));
    return states;
  }

  private static SampleState squeue(String state, @Nullable String reason) {
    return new SampleState(
        "`" + state + "`" + (reason == null ? "" : " (`" + reason + "`)"),
        "7|" + state + "|N/A|" + (reason == null ? "None" : reason) + "|/w/job.sh\n",
        false);
  }

  private static SampleState sacct(String state, String codes, @Nullable String note) {
    return new SampleState(
        "sacct: `" + state + "`, `" + codes + "`" + (note == null ? "" : ", " + note),
        "7|" + state + "|" + codes + "|2026-01-01T00:00:00|1001\n",
        true);
  }

  static List<SampleState> pbs() {
    return List.of(
        json("`Q`", "job_state = Q"),
        json("`W`", "job_state = W"),
        json("`T`", "job_state = T"),
        json("`H`", "job_state = H"),
        json("`R`, `B`", "job_state = R"),
        json("`S`, `U`", "job_state = S"),
        json("`E`", "job_state = E"),
        json("`F`, `X`, `Exit_status` 0", "job_state = F", "Exit_status = 0"),
        json("`F`, 3", "job_state = F", "Exit_status = 3"),
        json("`F`, 137", "job_state = F", "Exit_status = 137"),
        json("`F`, 271", "job_state = F", "Exit_status = 271"),
        json("`F`, -28 or -29", "job_state = F", "Exit_status = -29"),
        json("`F`, -26 or -27", "job_state = F", "Exit_status = -27"),
        json("`F`, -4 to -6", "job_state = F", "Exit_status = -4"),
        json("`F`, -1", "job_state = F", "Exit_status = -1"),
        json("`F`, none", "job_state = F"),
        json("`F`, 271, substate 91", "job_state = F", "Exit_status = 271", "substate = 91"),
        json(
            "`F`, 271, comment `… exceeded limit walltime`",
            "job_state = F",
            "Exit_status = 271",
            "comment = job killed: walltime 63 exceeded limit 60"),
        json("any other letter", "job_state = ?"));
  }

  private static SampleState json(String label, String... attributes) {
    StringBuilder text = new StringBuilder("{\n    \"timestamp\":1,\n    \"Jobs\":{\n");
    text.append("        \"7\":{\n");
    for (String attribute : attributes) {
      String[] parts = attribute.split(" = ", 2);
      text.append("            \"").append(parts[0]).append("\":\"").append(parts[1]);
      text.append("\",\n");
    }
    return new SampleState(label, text + "        }\n    }\n}\n", false);
  }

  static List<SampleState> torque() {
    return List.of(
        text("Torque: `Q`", " ", "job_state = Q"),
        text("Torque: `W`", " ", "job_state = W"),
        text("Torque: `H`", " ", "job_state = H"),
        text("Torque: `R`", " ", "job_state = R"),
        text("Torque: `S`", " ", "job_state = S"),
        text("Torque: `E`", " ", "job_state = E"),
        text("Torque: `C`, `exit_status` 0", " ", "job_state = C", "exit_status = 0"),
        text("Torque: `C`, 3", " ", "job_state = C", "exit_status = 3"),
        text("Torque: `C`, 137", " ", "job_state = C", "exit_status = 137"),
        text("Torque: `C`, 265", " ", "job_state = C", "exit_status = 265"),
        text("Torque: `C`, 271", " ", "job_state = C", "exit_status = 271"),
        text("Torque: `C`, -11 or -12", " ", "job_state = C", "exit_status = -11"),
        text("Torque: `C`, -10", " ", "job_state = C", "exit_status = -10"),
        text("Torque: `C`, none", " ", "job_state = C"),
        text("Slurm's qstat: `Q`", "\t", "job_state = Q"),
        text("Slurm's qstat: `R`", "\t", "job_state = R"),
        text("Slurm's qstat: `S`", "\t", "job_state = S"),
        text("Slurm's qstat: `U`", "\t", "job_state = U"),
        text("Slurm's qstat: `C`", "\t", "job_state = C"));
  }

  private static SampleState text(String label, String blank, String... attributes) {
    String indent = blank.equals("\t") ? "\t" : "    ";
    return new SampleState(
        label,
        "Job Id:" + blank + "7\n" + indent + String.join("\n" + indent, attributes) + "\n\n",
        false);
  }

  static List<SampleState> gridEngine() {
    List<SampleState> states = new ArrayList<>();
    Stream.of("qw", "hqw", "Eqw", "Rq", "t", "r", "hr", "Rr", "s", "S", "T", "dr", "dqw", "zz")
        .forEach(state -> states.add(qstat(state)));
    states.add(qacct("failed 0, exit_status 0", 0, 0, ""));
    states.add(qacct("failed 0, exit_status 0, nothing was used", 0, 0, "ru_wallclock 0"));
    states.add(qacct("failed 0, exit_status 3", 0, 3, ""));
    states.add(qacct("failed 0, exit_status 137", 0, 137, ""));
    states.add(qacct("failed 100, exit_status 137", 100, 137, ""));
    states.add(qacct("failed 100, exit_status 137, `h_rt` reached", 100, 137, "-l h_rt=1"));
    states.add(qacct("failed 100, exit_status 137, `h_vmem` reached", 100, 137, "-l h_vmem=1"));
    states.add(qacct("failed 37", 37, 137, ""));
    states.add(qacct("failed 18 to 22", 19, 0, ""));
    states.add(qacct("failed 26 to 29", 26, 0, ""));
    states.add(qacct("failed 30, exit_status 3", 30, 3, ""));
    states.add(qacct("any other failed", 1, 0, ""));
    return states;
  }

  private static SampleState qstat(String letters) {
    return new SampleState(
        "`" + letters + "`",
        "<job_info><job_list><JB_job_number>7</JB_job_number><state>"
            + letters
            + "</state></job_list></job_info>\n",
        false);
  }

  private static SampleState qacct(String label, int failed, int code, String more) {
    String wallclock = more.startsWith("ru_wallclock") ? more : "ru_wallclock 5";
    return new SampleState(
        "qacct: " + label,
        String.join(
            "\n",
            "=====",
            "jobnumber 7",
            "taskid undefined",
            "slots 1",
            "failed " + failed,
            "exit_status " + code,
            wallclock,
            "maxvmem 5",
            "category " + more,
            ""),
        true);
  }

  static List<SampleState> lsf() {
    return List.of(
        bjobs("`PEND`, `PROV`, `WAIT`", "PEND", "-", "-"),
        bjobs("`PSUSP`", "PSUSP", "-", "-"),
        bjobs("`RUN`, `UNKWN`", "RUN", "-", "-"),
        bjobs("`USUSP`, `SSUSP`", "USUSP", "-", "-"),
        bjobs("`ZOMBI`", "ZOMBI", "-", "-"),
        bjobs("`DONE`", "DONE", "-", "-"),
        bjobs("`EXIT`, exit code 3", "EXIT", "3", "-"),
        bjobs("`EXIT`, exit code 137", "EXIT", "137", "-"),
        exit("TERM_OWNER"),
        exit("TERM_ADMIN"),
        exit("TERM_RUNLIMIT"),
        exit("TERM_CPULIMIT"),
        exit("TERM_MEMLIMIT"),
        exit("TERM_SWAP"),
        exit("TERM_PREEMPT"),
        exit("TERM_ZOMBIE"),
        exit("TERM_PRE_EXEC_FAIL"),
        exit("TERM_CWD_NOTEXIST"),
        exit("TERM_EXTERNAL_SIGNAL"),
        exit("TERM_REQUEUE_OWNER"),
        bjobs("any other word", "ODD", "-", "-"));
  }

  private static SampleState exit(String reason) {
    return bjobs("`EXIT`, `" + reason + "`", "EXIT", "143", reason + ": words");
  }

  private static SampleState bjobs(String label, String state, String code, String reason) {
    return new SampleState(
        label, String.join("|", "7", "0", state, code, reason, "-", "cmd") + "\n", false);
  }
}
