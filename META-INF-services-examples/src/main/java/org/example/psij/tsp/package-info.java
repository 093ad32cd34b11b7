/** A scheduler as a third party would add it: the dialect of task spooler, {@code tsp(1)}. */
@NullMarked
package org.example.psij.tsp;

import org.jspecify.annotations.NullMarked;
