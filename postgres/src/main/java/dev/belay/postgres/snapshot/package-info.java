/** One snapshot of a database, seen by one session or by several at once. */
@NullMarked
package dev.belay.postgres.snapshot;

import org.jspecify.annotations.NullMarked;
