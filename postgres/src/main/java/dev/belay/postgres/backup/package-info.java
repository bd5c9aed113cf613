/** Backups by PostgreSQL's own pg_dump, restored by pg_restore, so that anyone can use them without Belay. */
@NullMarked
package dev.belay.postgres.backup;

import org.jspecify.annotations.NullMarked;
