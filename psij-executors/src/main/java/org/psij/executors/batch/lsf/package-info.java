/**
 * The dialect of IBM Spectrum LSF 10.1, written by its manual pages. It has not yet been run on a
 * real LSF.
 */
@NullMarked
package org.psij.executors.batch.lsf;

import org.jspecify.annotations.NullMarked;
