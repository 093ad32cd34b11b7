package org.psij.executors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/operations.md has one table of the settings; this holds it to the code. */
final class SettingsTableTest {
  private static final String COMMON = "PSIJ_BATCH_";

  private static final List<List<String>> ROWS =
      new DocumentTable("operations.md", "settings")
          .lines().stream()
              .skip(2)
              .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
              .toList();

  @Test
  void everySettingHasARowWithItsDefault() {
    assertThat(ROWS.stream().filter(row -> row.get(2).contains(COMMON)).map(row -> row.get(2)))
        .containsExactlyElementsOf(
            BatchExecutorConfig.SETTINGS.stream()
                .map(setting -> "`" + COMMON + setting.name() + "`")
                .toList());
    for (Setting<?> setting : BatchExecutorConfig.SETTINGS) {
      assertThat(row(setting).get(3)).as(setting.name()).isEqualTo(written(setting));
    }
  }

  @Test
  void everySettingHasABuilderMethodOfItsName() {
    List<String> methods =
        Stream.of(BatchExecutorConfig.Builder.class.getMethods()).map(m -> m.getName()).toList();
    for (Setting<?> setting : BatchExecutorConfig.SETTINGS) {
      String method = row(setting).get(1).replace("`", "");
      assertThat(methods).contains(method);
      assertThat(method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
          .isEqualTo(setting.name());
    }
  }

  @Test
  void everyMethodOfTheBuilderIsInTheTable() {
    String table = ROWS.toString();
    Stream.of(BatchExecutorConfig.Builder.class.getDeclaredMethods())
        .filter(method -> method.getReturnType().equals(BatchExecutorConfig.Builder.class))
        .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
        .forEach(method -> assertThat(table).contains("`" + method.getName() + "`"));
  }

  @Test
  void ownVariableOfAnExecutorWins() {
    BatchExecutorConfig config =
        BatchExecutorConfig.of(
            BatchExecutorConfig.builder().build(),
            "pbs_classic",
            Map.of("PSIJ_BATCH_GRACE_TIME", "1 s", "PSIJ_PBS_CLASSIC_GRACE_TIME", "2 s")::get);
    assertThat(config.getGraceTime()).isEqualTo(Duration.ofSeconds(2));
  }

  private static List<String> row(Setting<?> setting) {
    return ROWS.stream()
        .filter(row -> row.get(2).equals("`" + COMMON + setting.name() + "`"))
        .findFirst()
        .orElseThrow();
  }

  private static String written(Setting<?> setting) {
    Object value = setting.defaultValue();
    if (value instanceof Duration time) {
      return time.toDays() > 0
          ? time.toDays() + " d"
          : time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
    return value == null ? "none" : value.toString();
  }
}
