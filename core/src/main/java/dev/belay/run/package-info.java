/** The run: the pipeline and its events. */
@NullMarked
package dev.belay.run;

import org.jspecify.annotations.NullMarked;
