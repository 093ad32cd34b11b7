package org.psij.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table = new TextTable("ID", "NAME", "USER");

  @Test
  void columnsAreAsWideAsWhatStandsInThem() {
    table.add("1", "a longer name", "me");
    table.add("1234", "b", "");

    assertThat(table.lines())
        .containsExactly("ID    NAME           USER", "1     a longer name  me", "1234  b");
  }

  @Test
  void theWidestColumnIsCutUntilAllFit() {
    table.add("1", "a longer name", "me");

    assertThat(table.lines(17)).containsExactly("ID  NAME     USER", "1   a long…  me");
    assertThat(table.lines(17)).allMatch(line -> line.length() <= 17);
  }

  @Test
  void whatIsNeededMostIsCutLast() {
    table.cutLast("ID").add("12345678_123", "a name", "somebody");

    assertThat(table.lines(24))
        .containsExactly("ID            NAME  USER", "12345678_123  a n…  som…");
    assertThat(table.lines(20)).containsExactly("ID        NAME  USER", "1234567…  a n…  som…");
  }

  @Test
  void noColumnVanishesHoweverNarrowTheTerminal() {
    table.add("1", "a longer name", "somebody");

    assertThat(table.lines(1)).containsExactly("ID  NAME  USER", "1   a l…  som…");
  }

  @Test
  void whatWouldControlTheTerminalIsShownAsQuestionMark() {
    table.add("1", "a\u001b[31mb\nc\u202e", "me");

    assertThat(table.lines().get(1)).isEqualTo("1   a?[31mb?c?  me");
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    table.add("1", "日本語", "me");
    table.add("2", "e\u0301", "me");

    assertThat(table.lines())
        .containsExactly("ID  NAME    USER", "1   日本語  me", "2   e\u0301       me");
    assertThat(TextWidth.cut("日本語", 5)).isEqualTo("日本…");
    assertThat(TextWidth.cut("日本語", 4)).isEqualTo("日…");
  }

  @Test
  void aRowOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> table.add("1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 cells");
  }
}
