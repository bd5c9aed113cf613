/** What is looked at before a run. */
@NullMarked
package dev.belay.postgres.preflight;

import org.jspecify.annotations.NullMarked;
