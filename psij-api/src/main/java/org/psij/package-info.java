/**
 * Jobs, what they need, and the executors that run them: the Portable Submission Interface for Jobs
 * (PSI/J) on the JVM.
 *
 * <p>Describe a job with a {@link org.psij.JobSpec}, wrap it in a {@link org.psij.Job}, and hand it
 * to a {@link org.psij.JobExecutor}. Specifications and statuses are immutable; jobs and executors
 * are safe to use from many threads.
 */
@NullMarked
package org.psij;

import org.jspecify.annotations.NullMarked;
