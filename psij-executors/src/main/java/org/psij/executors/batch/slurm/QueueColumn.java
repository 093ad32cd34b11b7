package org.psij.executors.batch.slurm;

/** What is asked about each job, by the names that squeue(1) and sacct(1) have for it. */
enum QueueColumn {
  ID("JobArrayID", "JobID"),
  STATE("State", "State"),
  USER("UserName", "User"),
  PARTITION("Partition", "Partition"),
  NODE_COUNT("NumNodes", "NNodes"),
  CPU_COUNT("NumCPUs", "NCPUS"),
  EXIT_CODE("exit_code", "ExitCode"),
  SUBMIT_TIME("SubmitTime", "Submit"),
  START_TIME("StartTime", "Start"),
  END_TIME("EndTime", "End"),
  NODES("NodeList", "NodeList"),
  REASON("Reason", "Reason"),
  NAME("Name", "JobName");

  private final String ofSqueue;
  private final String ofSacct;

  QueueColumn(String ofSqueue, String ofSacct) {
    this.ofSqueue = ofSqueue;
    this.ofSacct = ofSacct;
  }

  String ofSqueue() {
    return ofSqueue;
  }

  String ofSacct() {
    return ofSacct;
  }
}
