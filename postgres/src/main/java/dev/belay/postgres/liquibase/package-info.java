/** Liquibase's changelogs, run by Liquibase itself, which is an optional dependency. */
@NullMarked
package dev.belay.postgres.liquibase;

import org.jspecify.annotations.NullMarked;
