package org.psij.executors.batch.gridengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.psij.executors.batch.CommandException;

class JobDetailsTest {
  @Test
  void scriptOfEachJobIsFound() {
    String xml =
        """
        <detailed_job_info><djob_info><element>
          <JB_job_number>7</JB_job_number>
          <JB_script_file>/srv/jobs/a/job.sh</JB_script_file>
        </element><element>
          <JB_job_number>8</JB_job_number>
        </element><element>
          <JB_job_number>9</JB_job_number>
          <JB_script_file>/srv/jobs/b/job.sh</JB_script_file>
        </element></djob_info></detailed_job_info>
        """;
    assertThat(JobDetails.scripts(Sample.result(0, xml, "")))
        .hasSize(2)
        .containsEntry("7", "/srv/jobs/a/job.sh")
        .containsEntry("9", "/srv/jobs/b/job.sh");
  }

  @Test
  void refusalIsNotAnEmptyListing() {
    assertThatThrownBy(() -> JobDetails.scripts(Sample.result(1, "", "commlib error")))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void tasksAreLookedUpByTheirJob() {
    assertThat(new GridEngineScheduler().markCommand(List.of("7.1", "7.2", "9")))
        .containsExactly("qstat", "-j", "7,9", "-xml");
  }
}
