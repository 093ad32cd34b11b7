/** Runs jobs as processes of this machine. */
@NullMarked
package org.psij.executors.local;

import org.jspecify.annotations.NullMarked;
