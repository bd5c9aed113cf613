/** The code that the documentation shows. */
@NullMarked
package dev.belay.recipes;

import org.jspecify.annotations.NullMarked;
