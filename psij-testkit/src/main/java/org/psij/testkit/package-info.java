/**
 * Contract tests for the authors of executors and launchers. Extend {@link
 * org.psij.testkit.JobExecutorContract} or {@link org.psij.testkit.LauncherContract}, or one of the
 * contracts by feature; they are JUnit Jupiter test classes. What an executor does not declare as a
 * {@link org.psij.Feature} is left out, and said so.
 */
@NullMarked
package org.psij.testkit;

import org.jspecify.annotations.NullMarked;
