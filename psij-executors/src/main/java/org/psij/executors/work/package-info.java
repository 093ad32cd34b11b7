/**
 * What the executors keep on disk about jobs: the work directory, the directory of one job, the
 * script that runs it, and the file in which that script tells how it goes. Not for users.
 */
@NullMarked
package org.psij.executors.work;

import org.jspecify.annotations.NullMarked;
