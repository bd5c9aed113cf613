/** What the readers of revisions share. Not for use from outside. */
@NullMarked
package dev.belay.revision.internal;

import org.jspecify.annotations.NullMarked;
