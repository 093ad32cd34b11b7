/** The launchers that come with the library, found through their descriptors. */
@NullMarked
package org.psij.launchers;

import org.jspecify.annotations.NullMarked;
