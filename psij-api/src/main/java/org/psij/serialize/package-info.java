/** The JSON form of a job specification, shared with psij-python. */
@NullMarked
package org.psij.serialize;

import org.jspecify.annotations.NullMarked;
