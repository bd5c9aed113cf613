/** How revisions are proven. */
@NullMarked
package dev.belay.prove.internal;

import org.jspecify.annotations.NullMarked;
