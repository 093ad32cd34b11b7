/** Measures what {@code docs/performance.md} tells. */
@NullMarked
package org.psij.benchmarks;

import org.jspecify.annotations.NullMarked;
