/** The queries behind a snapshot, a class for each group of kinds. */
@NullMarked
package dev.belay.postgres.schema.catalog;

import org.jspecify.annotations.NullMarked;
