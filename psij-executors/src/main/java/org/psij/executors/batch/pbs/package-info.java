/**
 * The dialects of the PBS family: OpenPBS and PBS Professional ({@link
 * org.psij.executors.batch.pbs.PbsExecutorDescriptor}), and Torque ({@link
 * org.psij.executors.batch.pbs.TorqueExecutorDescriptor}).
 */
@NullMarked
package org.psij.executors.batch.pbs;

import org.jspecify.annotations.NullMarked;
