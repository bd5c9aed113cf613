/** How other tools lay out their directories of migrations, read in place. */
@NullMarked
package dev.belay.layout;

import org.jspecify.annotations.NullMarked;
