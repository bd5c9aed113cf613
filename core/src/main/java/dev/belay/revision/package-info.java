/** Revisions: scripts, the graph they form, targets and routes through it, and the layout {@code belay} on disk. */
@NullMarked
package dev.belay.revision;

import org.jspecify.annotations.NullMarked;
