/** The plan: what a user builds and calls. */
@NullMarked
package dev.belay;

import org.jspecify.annotations.NullMarked;
