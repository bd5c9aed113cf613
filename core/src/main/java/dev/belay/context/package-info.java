/** What every strategy is passed: the run it belongs to, its cancellation, its progress. */
@NullMarked
package dev.belay.context;

import org.jspecify.annotations.NullMarked;
