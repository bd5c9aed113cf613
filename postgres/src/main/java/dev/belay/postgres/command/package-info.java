/** Migrations that any other tool's command runs. */
@NullMarked
package dev.belay.postgres.command;

import org.jspecify.annotations.NullMarked;
