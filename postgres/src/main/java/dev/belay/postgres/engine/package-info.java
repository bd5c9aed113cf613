/** Belay's own engine: runs revisions on PostgreSQL. */
@NullMarked
package dev.belay.postgres.engine;

import org.jspecify.annotations.NullMarked;
