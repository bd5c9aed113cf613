/** The way back when something went wrong. */
@NullMarked
package dev.belay.rollback;

import org.jspecify.annotations.NullMarked;
