package org.psij.executors.batch;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many tasks an array may have. Safe for use by many threads. */
final class ArrayLimit {
  private static final Logger LOG = LoggerFactory.getLogger(ArrayLimit.class);

  private final ArrayDialect arrays;
  private final CommandRunner runner;
  private final Duration timeout;
  private int known; // guarded by this; 0 for not yet

  ArrayLimit(ArrayDialect arrays, CommandRunner runner, Duration timeout) {
    this.arrays = arrays;
    this.runner = runner;
    this.timeout = timeout;
  }

  /** Asks the scheduler until it has answered once. */
  synchronized int tasks() {
    if (known == 0) {
      try {
        known = arrays.parseLimit(runner.run(arrays.limitCommand(), timeout));
      } catch (CommandException e) {
        LOG.debug("Nobody says how many tasks an array may have", e);
        return arrays.usualLimit();
      }
    }
    return known;
  }
}
