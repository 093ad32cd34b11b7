package org.psij.executors.batch;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of an answer on its way, or in hostile hands. */
final class MutatedAnswer {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** None of these says that a job has ended. */
  private static final List<String> JUNK =
      List.of(
          "slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n",
          "error: commlib error: got select error (Connection refused)\n",
          "qstat: cannot connect to server x (errno=111)\n",
          "Segmentation fault (core dumped)\n",
          "batch system daemon not responding ... still trying\n",
          "\n",
          "\r\n",
          "\0\0\0",
          "\ufffd\ufffe\uffff",
          "<",
          "]]>",
          "&x;",
          "\"",
          "|",
          "x".repeat(20_000));

  private static final List<String> NUMBERS =
      List.of("", "-1", "00", "2147483648", "9223372036854775808", "1e9", "1".repeat(40), "٣");

  private static final int[] EXIT_CODES = {0, 1, 2, 35, 137, 153, 255};

  private MutatedAnswer() {}

  /** Changes an answer in any way. */
  static CommandResult of(CommandResult answer, CommandResult other, Random random) {
    int code = random.nextInt(4) == 0 ? pick(random) : answer.exitCode();
    String out = answer.stdout();
    String err = answer.stderr();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      if (out.isEmpty() || (!err.isEmpty() && random.nextInt(4) == 0)) {
        err = changed(err, other.stderr(), random);
      } else {
        out = changed(out, random.nextInt(4) == 0 ? other.stderr() : other.stdout(), random);
      }
    }
    return new CommandResult(answer.command(), code, out, err, answer.took());
  }

  private static int pick(Random random) {
    return EXIT_CODES[random.nextInt(EXIT_CODES.length)];
  }

  private static String changed(String text, String other, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = from + random.nextInt(Math.min(200, text.length() - from) + 1);
    int otherFrom = random.nextInt(other.length() + 1);
    return switch (random.nextInt(8)) {
      case 0 -> text.substring(0, from);
      case 1 -> text.substring(0, from) + text.substring(to);
      case 2 -> text.substring(0, to) + text.substring(from);
      case 3 -> text.substring(0, from) + other.substring(otherFrom);
      case 4 -> text.substring(0, from) + other + text.substring(from);
      case 5 -> withNumber(text, from, random);
      case 6 -> withFlips(text, random);
      default -> withJunk(text, random);
    };
  }

  private static String withNumber(String text, int from, Random random) {
    Matcher number = NUMBER.matcher(text);
    String value = NUMBERS.get(random.nextInt(NUMBERS.size()));
    return number.find(from)
        ? text.substring(0, number.start()) + value + text.substring(number.end())
        : text;
  }

  /** Flips one or two bits. */
  static String withFlips(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    for (int flips = 1 + random.nextInt(2); flips > 0 && changed.length() > 0; flips--) {
      int at = random.nextInt(changed.length());
      changed.setCharAt(at, (char) (changed.charAt(at) ^ 1 << random.nextInt(7)));
    }
    return changed.toString();
  }

  /** Puts something in that says nothing of any job: whole lines between lines, else anywhere. */
  static String withJunk(String text, Random random) {
    String junk = JUNK.get(random.nextInt(JUNK.size()));
    int at = random.nextInt(text.length() + 1);
    int place = junk.endsWith("\n") ? text.lastIndexOf('\n', at - 1) + 1 : at;
    return text.substring(0, place) + junk + text.substring(place);
  }

  static CommandResult withOutput(CommandResult answer, String stdout) {
    return new CommandResult(
        answer.command(), answer.exitCode(), stdout, answer.stderr(), answer.took());
  }
}
