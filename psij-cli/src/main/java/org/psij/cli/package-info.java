/** The {@code psij} command. */
@NullMarked
package org.psij.cli;

import org.jspecify.annotations.NullMarked;
