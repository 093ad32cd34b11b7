package org.psij.executors.batch.lsf;

import org.jspecify.annotations.Nullable;

/** The numbers that LSF prints: ids of jobs and of elements of arrays, exit codes. */
final class LsfIds {
  private static final int LONGEST_NUMBER = 9;

  private LsfIds() {}

  /**
   * Puts an id together.
   *
   * @param job the field {@code jobid}: {@code 12} or {@code 12[3]}
   * @param index the field {@code jobindex}, or null
   * @return the id of the job or the element, or null if the first field is none
   */
  static @Nullable String of(String job, @Nullable String index) {
    if (!isId(job)) {
      return null;
    }
    return job.endsWith("]") || index == null || !isIndex(index) ? job : job + "[" + index + "]";
  }

  /** Tells whether a word is {@code 12} or {@code 12[3]}. */
  static boolean isId(String word) {
    int end = endOfDigits(word, 0);
    if (end == 0 || end == word.length()) {
      return end > 0;
    }
    int close = endOfDigits(word, end + 1);
    return word.charAt(end) == '['
        && close > end + 1
        && close == word.length() - 1
        && word.charAt(close) == ']';
  }

  /** Tells whether a field is a number above 0, which is that of a job that is no element. */
  private static boolean isIndex(String field) {
    int zeros = 0;
    while (zeros < field.length() && field.charAt(zeros) == '0') {
      zeros++;
    }
    return zeros < field.length() && endOfDigits(field, zeros) == field.length();
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /**
   * Reads a number.
   *
   * @param digits the text
   * @return the number, or null if it is none, or has more than nine digits
   */
  static @Nullable Integer number(String digits) {
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= LONGEST_NUMBER
            && endOfDigits(digits, 0) == digits.length();
    return isNumber ? Integer.valueOf(digits) : null;
  }
}
