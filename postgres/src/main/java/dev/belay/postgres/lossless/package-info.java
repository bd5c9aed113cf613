/** What a step destroys: saved in schema {@code belay} in the step's own transaction, given back when it is undone. */
@NullMarked
package dev.belay.postgres.lossless;

import org.jspecify.annotations.NullMarked;
