/** One of each strategy that a user can write. */
@NullMarked
package dev.belay.strategies;

import org.jspecify.annotations.NullMarked;
