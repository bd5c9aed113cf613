/** Where a user starts: the database that a plan works on. */
@NullMarked
package dev.belay.postgres;

import org.jspecify.annotations.NullMarked;
