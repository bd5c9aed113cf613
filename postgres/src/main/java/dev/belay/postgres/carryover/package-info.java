/** Carries over into a restored database what was written since its backup. */
@NullMarked
package dev.belay.postgres.carryover;

import org.jspecify.annotations.NullMarked;
