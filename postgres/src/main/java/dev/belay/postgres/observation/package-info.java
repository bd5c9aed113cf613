/** What a database holds: fingerprints of its rows, from one snapshot. */
@NullMarked
package dev.belay.postgres.observation;

import org.jspecify.annotations.NullMarked;
