/** Plug-ins as a third party would write them: an executor and a launcher. */
@NullMarked
package org.example.psij;

import org.jspecify.annotations.NullMarked;
