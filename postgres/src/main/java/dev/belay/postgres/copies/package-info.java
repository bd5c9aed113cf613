/** Databases beside the one that is migrated: scratch copies, restored ones, and the swap by rename. */
@NullMarked
package dev.belay.postgres.copies;

import org.jspecify.annotations.NullMarked;
