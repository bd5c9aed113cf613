/** Alembic's revisions, run by Alembic itself. */
@NullMarked
package dev.belay.postgres.alembic;

import org.jspecify.annotations.NullMarked;
