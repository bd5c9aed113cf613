/** Backups and their proof. */
@NullMarked
package dev.belay.backup;

import org.jspecify.annotations.NullMarked;
