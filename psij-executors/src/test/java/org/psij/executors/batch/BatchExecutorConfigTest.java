package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psij.JobExecutorConfig;
import org.psij.PsijException;

final class BatchExecutorConfigTest {
  private static final JobExecutorConfig PLAIN = JobExecutorConfig.builder().build();

  private static BatchExecutorConfig of(JobExecutorConfig config, Map<String, String> variables) {
    return BatchExecutorConfig.of(config, "pbs_classic", variables::get);
  }

  @Test
  void withoutAnythingGivenThereAreDefaults() {
    BatchExecutorConfig config = of(PLAIN, Map.of());
    assertThat(config.getPollingInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.getInitialDelay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.getGraceTime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.getWarningThreshold()).isEqualTo(3);
    assertThat(config.getRetention()).isEqualTo(Duration.ofDays(7));
    assertThat(config.isKeepFiles()).isFalse();
    assertThat(config.getCommandFolder()).isNull();
    assertThat(config.getQueryTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.getSubmitTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.getSubmitConcurrency()).isEqualTo(8);
    assertThat(config.getHintPort()).isZero();
  }

  @Test
  void givenWinsOverOwnVariableOverCommonOneOverDefault() {
    Map<String, String> common = Map.of("PSIJ_BATCH_GRACE_TIME", "3 s");
    Map<String, String> both =
        Map.of("PSIJ_BATCH_GRACE_TIME", "3 s", "PSIJ_PBS_CLASSIC_GRACE_TIME", "4 s");
    JobExecutorConfig given =
        BatchExecutorConfig.builder().graceTime(Duration.ofSeconds(5)).build();
    assertThat(of(PLAIN, common).getGraceTime()).isEqualTo(Duration.ofSeconds(3));
    assertThat(of(PLAIN, both).getGraceTime()).isEqualTo(Duration.ofSeconds(4));
    assertThat(of(given, both).getGraceTime()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void blankVariableIsNone() {
    assertThat(
            of(PLAIN, Map.of("PSIJ_PBS_CLASSIC_KEEP_FILES", " ", "PSIJ_BATCH_KEEP_FILES", "Yes"))
                .isKeepFiles())
        .isTrue();
  }

  @Test
  void variablesOfOtherExecutorsAreNotRead() {
    assertThat(of(PLAIN, Map.of("PSIJ_SLURM_COMMAND_FOLDER", "/x")).getCommandFolder()).isNull();
    assertThat(of(PLAIN, Map.of("PSIJ_PBS_CLASSIC_COMMAND_FOLDER", "/x")).getCommandFolder())
        .isEqualTo(Path.of("/x"));
  }

  @Test
  void plainNumberIsOneOfSeconds() {
    BatchExecutorConfig config =
        of(
            PLAIN,
            Map.of(
                "PSIJ_BATCH_POLLING_INTERVAL", "30",
                "PSIJ_BATCH_QUERY_TIMEOUT", "31",
                "PSIJ_BATCH_GRACE_TIME", "32",
                "PSIJ_BATCH_SUBMIT_TIMEOUT", "2 m"));
    assertThat(config.getPollingInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.getQueryTimeout()).isEqualTo(Duration.ofSeconds(31));
    assertThat(config.getGraceTime()).isEqualTo(Duration.ofSeconds(32));
    assertThat(config.getSubmitTimeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void settingsOfAnyExecutorAreKept() {
    JobExecutorConfig general =
        JobExecutorConfig.builder().workDirectory(Path.of("/tmp/somewhere")).build();
    assertThat(of(general, Map.of()).getWorkDirectory()).isEqualTo(Path.of("/tmp/somewhere"));
  }

  @ParameterizedTest
  @CsvSource({
    "PSIJ_BATCH_POLLING_INTERVAL,often",
    "PSIJ_PBS_CLASSIC_POLLING_INTERVAL,0",
    "PSIJ_BATCH_QUERY_TIMEOUT,-1 s",
    "PSIJ_BATCH_SUBMIT_TIMEOUT,0 s",
    "PSIJ_BATCH_WARNING_THRESHOLD,many",
    "PSIJ_BATCH_SUBMIT_CONCURRENCY,0",
    "PSIJ_BATCH_KEEP_FILES,maybe",
    "PSIJ_HINT_PORT,65536",
    "PSIJ_HINT_PORT,none",
  })
  void badVariableIsNamedWithItsValue(String variable, String value) {
    assertThatThrownBy(() -> of(PLAIN, Map.of(variable, value)))
        .isInstanceOf(PsijException.class)
        .hasMessageContaining(variable)
        .hasMessageContaining("'" + value + "'");
  }

  @Test
  void badVariableDoesNotHurtWhereAValueIsGiven() {
    JobExecutorConfig given = BatchExecutorConfig.builder().keepFiles(true).build();
    assertThat(of(given, Map.of("PSIJ_BATCH_KEEP_FILES", "maybe")).isKeepFiles()).isTrue();
  }

  @Test
  void givenValuesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> BatchExecutorConfig.builder().pollingInterval(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("polling interval");
    assertThatThrownBy(
            () -> BatchExecutorConfig.builder().queryTimeout(Duration.ofSeconds(-1)).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BatchExecutorConfig.builder().submitConcurrency(0).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BatchExecutorConfig.builder().hintPort(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hintsCanBeTurnedOff() {
    Map<String, String> port = Map.of("PSIJ_HINT_PORT", "4711");
    JobExecutorConfig without = BatchExecutorConfig.builder().withoutHints().build();
    assertThat(of(PLAIN, port).getHintPort()).isEqualTo(4711);
    assertThat(of(PLAIN, Map.of("PSIJ_HINT_PORT", "off")).getHintPort()).isEqualTo(-1);
    assertThat(of(without, port).getHintPort()).isEqualTo(-1);
  }
}
