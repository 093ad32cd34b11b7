package org.psij.executors.hostile;

import java.util.ArrayList;
import java.util.List;

/** How submit commands split the line of a directive into words. */
final class DirectiveWords {
  private final String line;
  private final boolean slurm;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private char quote;

  private DirectiveWords(String line, boolean slurm) {
    this.line = line;
    this.slurm = slurm;
  }

  /**
   * As sbatch does: quotes group, a backslash takes the next character as it is, even in quotes,
   * and a hash outside begins a comment.
   */
  static List<String> ofSlurm(String line) {
    return new DirectiveWords(line, true).split();
  }

  /** As qsub does: quotes group, and nothing else means anything. */
  static List<String> ofPbs(String line) {
    return new DirectiveWords(line, false).split();
  }

  private List<String> split() {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (slurm && c == '\\' && i + 1 < line.length()) {
        take(line.charAt(++i));
      } else if (quote != 0) {
        inQuotes(c);
      } else if (c == '"' || c == '\'') {
        quote = c;
        begun = true;
      } else if (slurm && c == '#') {
        break;
      } else if (c == ' ' || c == '\t') {
        end();
      } else {
        take(c);
      }
    }
    end();
    return words;
  }

  private void inQuotes(char c) {
    if (c == quote) {
      quote = 0;
    } else {
      take(c);
    }
  }

  private void take(char c) {
    word.append(c);
    begun = true;
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
    }
    word.setLength(0);
    begun = false;
  }
}
