/** Flyway itself as the engine of a plan: its migrations in Java, its callbacks, its configuration. Needs Flyway at run time. */
@NullMarked
package dev.belay.postgres.flyway;

import org.jspecify.annotations.NullMarked;
