/** The schema of a database as its catalog tells it. */
@NullMarked
package dev.belay.postgres.schema;

import org.jspecify.annotations.NullMarked;
