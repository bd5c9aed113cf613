/** The schema of a database as its catalog tells it: snapshots, and what differs between two of them. */
@NullMarked
package dev.belay.postgres.schema;

import org.jspecify.annotations.NullMarked;
