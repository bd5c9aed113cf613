/** Rows made up for every table of a schema, so that a change meets data. */
@NullMarked
package dev.belay.postgres.sample;

import org.jspecify.annotations.NullMarked;
