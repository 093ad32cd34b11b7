/** What the author of an executor or a launcher implements, and how it is found. */
@NullMarked
package org.psij.spi;

import org.jspecify.annotations.NullMarked;
