/** Proves revisions reversible: up, down and up again, with rows in the tables, in databases that are thrown away. */
@NullMarked
package dev.belay.prove;

import org.jspecify.annotations.NullMarked;
