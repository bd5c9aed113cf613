/** Copies on which a change is tried. */
@NullMarked
package dev.belay.postgres.testrun;

import org.jspecify.annotations.NullMarked;
