package org.psij.executors.batch.pbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psij.JobState;
import org.psij.executors.batch.CommandException;
import org.psij.executors.batch.CommandResult;
import org.psij.executors.batch.StatusListing;

final class QstatJsonTest {
  private static final String FOLDER = "samples";

  private final PbsScheduler scheduler = new PbsScheduler();

  private StatusListing read(String output) {
    return scheduler.parseStatus(Sample.result("qstat -E -f -F json 1.s 2.s", 0, output, ""));
  }

  private static String listing(String... lines) {
    return "{\n    \"timestamp\":1,\n    \"Jobs\":{\n" + String.join("\n", lines) + "\n    }\n}\n";
  }

  private static String job(String id, String state) {
    return "        \"" + id + "\":{\n            \"job_state\":\"" + state + "\"\n        },";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array-finished-t",
        "v23-nasty-V-unicode",
        "v23-running",
        "nasty-latin1-bytes",
        "v23-two-known"
      })
  void halfAListingClaimsNothing(String sample) {
    CommandResult whole = Sample.read(FOLDER, sample);
    StatusListing all = scheduler.parseStatus(whole);
    for (int end = 0; end < whole.stdout().strip().length(); end++) {
      CommandResult half =
          Sample.result(String.join(" ", whole.command()), 0, whole.stdout().substring(0, end), "");
      try {
        StatusListing part = scheduler.parseStatus(half);
        all.jobs().keySet().forEach(id -> assertThat(part.lacks(id)).isFalse());
        part.jobs().forEach((id, job) -> assertThat(job).hasToString(all.get(id).toString()));
      } catch (CommandException e) {
        assertThat(half.stdout()).doesNotContain("\"pbs_version\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "qstat: something\n", "\0\1\2", "{}", "[1, 2]", "null"})
  void whatIsNoListingIsRefused(String output) {
    assertThatExceptionOfType(CommandException.class).isThrownBy(() -> read(output));
  }

  @ParameterizedTest
  @ValueSource(ints = {35, 153})
  void unknownJobsMayPrintNothing(int exitCode) {
    StatusListing listing =
        scheduler.parseStatus(
            Sample.result("qstat -E -f -F json 1.s", exitCode, "", "qstat: Unknown Job Id 1.s"));

    assertThat(listing.lacks("1.s")).isTrue();
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(
            () ->
                scheduler.parseStatus(
                    Sample.result("qstat -E -f -F json 1.s", 255, "", "Connection refused")));
  }

  @Test
  void jobThatCannotBeReadSpoilsOnlyItself() {
    StatusListing listing =
        read(listing("        \"1.s\":{\n            \"queue\":+5\n        },", job("2.s", "R")));

    assertThat(listing.get("2.s").state()).isEqualTo(JobState.ACTIVE);
    assertThat(listing.get("1.s")).isNull();
    assertThat(listing.lacks("1.s")).isFalse();
    assertThat(listing.lacks("3.s")).isTrue();
  }

  @Test
  void rowThatTellsNoIdMayBeAnyJob() {
    StatusListing listing = read(listing("        garbage", job("2.s", "R")));

    assertThat(listing.get("2.s").state()).isEqualTo(JobState.ACTIVE);
    assertThat(listing.lacks("1.s")).isFalse();
  }

  @Test
  void environmentCannotPretendToBeAState() {
    StatusListing listing =
        read(
            listing(
                "        \"1.s\":{",
                "            \"job_state\":\"R\",",
                "            \"Variable_List\":{",
                "                \"job_state\":\"F\",",
                "            \"job_state\":\"F\",",
                "                \"Exit_status\":0",
                "            }",
                "        }"));

    assertThat(listing.get("1.s").state()).isEqualTo(JobState.ACTIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+5", ".5", "nan", "inf", "1e999", "\"\\\"", "\"", "\"a\"b\"", "\"\\u12\""})
  void oddValuesAreNoHindrance(String value) {
    StatusListing listing =
        read(
            listing(
                "        \"1.s\":{",
                "            \"project\":" + value + ",",
                "            \"job_state\":\"R\",",
                "            \"comment\":" + value,
                "        }"));

    assertThat(listing.get("1.s").state()).isEqualTo(JobState.ACTIVE);
  }

  @Test
  void unheardOfStateIsNotAnEnd() {
    assertThat(read(listing(job("1.s", "K"))).get("1.s").state()).isNull();
    assertThat(read(listing(job("1.s", "M"))).get("1.s").isFinal()).isFalse();
    assertThat(read(listing(job("1.s", ""))).lacks("1.s")).isFalse();
  }

  @Test
  void partOfAnAnswerIsNotTheWholeOfIt() {
    StatusListing listing =
        scheduler.parseStatus(
            Sample.result(
                "qstat -E -f -F json 1.s 2.t",
                255,
                listing(job("1.s", "R")),
                "Connection refused\nqstat: cannot connect to server t (errno=15010)"));

    assertThat(listing.get("1.s").state()).isEqualTo(JobState.ACTIVE);
    assertThat(listing.lacks("2.t")).isFalse();
  }

  @Test
  void escapesAreUndone() {
    StatusListing listing =
        read(
            listing(
                "        \"1.s\":{",
                "            \"job_state\":\"R\",",
                "            \"Submit_arguments\":\"/tmp/a\\\"b\\\\c\\u00e9\\/d\\ne\"",
                "        }"));

    assertThat(listing.get("1.s").mark()).isEqualTo("/tmp/a\"b\\cé/d\ne");
  }
}
