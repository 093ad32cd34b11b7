package org.psij.executors.batch.slurm;

import java.util.List;

/**
 * The lines of an output.
 *
 * @param whole those that have an end
 * @param areComplete false if there is one that has none
 */
record Lines(List<String> whole, boolean areComplete) {
  static Lines of(String output) {
    int end = output.lastIndexOf('\n') + 1;
    return new Lines(
        List.of(output.substring(0, end).split("\n", -1)), output.substring(end).isBlank());
  }
}
