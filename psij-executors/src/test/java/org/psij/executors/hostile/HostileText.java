package org.psij.executors.hostile;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Text that shells, schedulers, templates, and terminals read in ways of their own. */
final class HostileText {
  /** The file that a text makes, or the name that a directive gives, if anybody obeys it. */
  static final String CANARY = "canary";

  private static final int LONG = 100_000;
  private static final int LONGEST_FILE_NAME = 200;

  private static final List<String> COMMANDS =
      List.of(
          "$(touch canary)",
          "`touch canary`",
          "${x:-$(touch canary)}",
          "; touch canary;",
          "&& touch canary",
          "| touch canary",
          "& touch canary &",
          "\ntouch canary\n",
          "\rtouch canary\r",
          "'; touch canary; '",
          "'\\''; touch canary; '",
          "\"; touch canary; \"",
          "\\'; touch canary; \\'",
          "'$(touch canary)'",
          "\"$(touch canary)\"",
          "<(touch canary)",
          ">canary",
          "() { :; }; touch canary",
          "a[$(touch canary)]",
          "\nEOF\ntouch canary\n",
          "-Stouch canary",
          "--split-string=touch canary");

  private static final List<String> DIRECTIVES =
      List.of(
          "\n#SBATCH --job-name=canary\n",
          "\n#SBATCH --output=canary\n",
          "\n#SBATCH hetjob\n",
          "\n#PBS -N canary\n",
          "\n#BSUB -J canary\n",
          "\n#$ -N canary\n",
          "#$ -o canary",
          "{{x}}",
          "{{{x}}}",
          "{{=<% %>=}}",
          "{{#directives}}",
          "{{/environment}}",
          "{{> job.sh}}",
          "{{! x }}",
          "{{.}}",
          "%j",
          "%A_%a",
          "%x.%N",
          "%%",
          "$JOB_ID.$TASK_ID",
          "${SLURM_JOB_ID}",
          "localhost:canary",
          ":canary");

  private static final List<String> MORSELS =
      List.of(
          "",
          " ",
          "  ",
          "a b",
          " a",
          "a ",
          "'",
          "\"",
          "''",
          "\\",
          "\\\\",
          "\\'",
          "a\\",
          "$",
          "$HOME",
          "$$",
          "$@",
          "$0",
          "`",
          "*",
          "?",
          "[a-z]*",
          "{a,b}",
          "~",
          "~root",
          "!",
          "!!",
          "#",
          "# x",
          "&",
          "|",
          ";",
          "<",
          ">",
          "(",
          ")",
          "&&",
          "||",
          "2>&1",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\n\n",
          "a\n",
          "\u0001",
          "\b",
          "\u0004",
          "\u001a",
          "\u001b[31m",
          "\u007f",
          "\u0080",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\u202e",
          "\ufeff",
          "\uffff",
          "\ud83d\ude00",
          "\u65e5\u672c\u8a9e",
          "\u00e9",
          "e\u0301",
          "-",
          "--",
          "-n",
          "-e",
          "-c",
          "-x",
          "--help",
          "-i",
          "-u",
          ":",
          "::",
          ",",
          "=",
          "a=b",
          "=b",
          "%",
          "%s",
          "%n",
          "@",
          "^",
          "+",
          "\\n",
          "\\x00",
          "\\u0000",
          "$'\\n'",
          "null",
          "true",
          "0",
          "-0",
          "..",
          "...",
          "/dev/null",
          "/dev/tcp/127.0.0.1/9",
          "NIL",
          "EOF");

  private HostileText() {}

  /** Any text that a process can be given. */
  static Arbitrary<String> values() {
    Arbitrary<String> anything =
        Arbitraries.strings()
            .all()
            .ofMaxLength(30)
            .filter(text -> text.indexOf('\0') < 0 && isWellFormed(text));
    Arbitrary<String> dense =
        Arbitraries.strings()
            .withChars("'\"\\$`\n\r\t #;&|<>(){}[]*?!~-=:,%@\u0001\u001b\u007f\u00e9")
            .ofMaxLength(20);
    return Arbitraries.frequencyOf(
        Tuple.of(8, morsels()),
        Tuple.of(4, morsels().list().ofMinSize(2).ofMaxSize(5).map(some -> String.join("", some))),
        Tuple.of(4, dense),
        Tuple.of(4, anything));
  }

  /** A text of 100,000 bytes. */
  static Arbitrary<String> longValues() {
    return values()
        .filter(text -> !text.isEmpty())
        .map(text -> text.repeat(LONG / text.getBytes(StandardCharsets.UTF_8).length));
  }

  /** Names that a file can have, with the characters that this JVM can hand to the system. */
  static Arbitrary<String> fileNames() {
    Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    return values()
        .map(text -> text.replace('/', '|'))
        .filter(name -> !name.isEmpty() && !name.equals(".") && !name.equals(".."))
        .filter(name -> name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_FILE_NAME)
        .filter(name -> charset.newEncoder().canEncode(name));
  }

  /** Names that a variable can have, those included that mean something to the script's shell. */
  static Arbitrary<String> variables() {
    Arbitrary<String> hostile =
        values().map(text -> text.replace("=", "")).filter(name -> !name.isEmpty());
    return Arbitraries.oneOf(hostile, Arbitraries.of(BashVariables.NAMES), plainNames());
  }

  private static Arbitrary<String> plainNames() {
    return Arbitraries.strings().withChars("ABCxyz_").ofMinLength(1).ofMaxLength(8);
  }

  private static Arbitrary<String> morsels() {
    return Arbitraries.oneOf(
        Arbitraries.of(COMMANDS), Arbitraries.of(DIRECTIVES), Arbitraries.of(MORSELS));
  }

  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
