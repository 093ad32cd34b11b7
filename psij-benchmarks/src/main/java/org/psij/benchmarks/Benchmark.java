package org.psij.benchmarks;

/** What one command measures. */
interface Benchmark {
  /**
   * Measures.
   *
   * @return tables and remarks, in Markdown
   */
  String run(Effort effort) throws Exception;
}
