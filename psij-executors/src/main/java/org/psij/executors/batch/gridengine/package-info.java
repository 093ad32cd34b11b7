/** Jobs on Grid Engine: Son of Grid Engine and its relatives. */
@NullMarked
package org.psij.executors.batch.gridengine;

import org.jspecify.annotations.NullMarked;
