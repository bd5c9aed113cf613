/** Directories of other tools, turned into Belay's own layout. */
@NullMarked
package dev.belay.postgres.layout;

import org.jspecify.annotations.NullMarked;
