package org.psij.executors.batch;

import java.util.List;
import org.psij.Job;
import org.psij.ResourceSpecV1;

/** An ability of batch executors: shows what would be submitted, and submits nothing. */
public interface ScriptPreview {
  /**
   * Writes the script of a job.
   *
   * @param job a job with a specification
   * @return what a submission would hand to the scheduler
   * @throws org.psij.InvalidJobException if a submission would be refused
   */
  Preview preview(Job job);

  /**
   * What a submission would hand to the scheduler.
   *
   * @param script the text of the script
   * @param submitCommand the command that submits it
   * @param resources the resources, with the computed numbers of nodes and processes
   */
  record Preview(String script, List<String> submitCommand, ResourceSpecV1 resources) {}
}
