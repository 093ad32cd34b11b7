/**
 * Runs jobs through batch schedulers: one engine ({@link
 * org.psij.executors.batch.BatchSchedulerExecutor}) for all of them, and one dialect ({@link
 * org.psij.executors.batch.BatchScheduler}) for each.
 */
@NullMarked
package org.psij.executors.batch;

import org.jspecify.annotations.NullMarked;
