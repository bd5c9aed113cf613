/** Migration guides as programs: each runs its whole procedure over a project as such guides have it. */
@NullMarked
package dev.belay.guides;

import org.jspecify.annotations.NullMarked;
