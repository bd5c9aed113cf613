/** An upgrade when an application starts: its budget, and what probes are told meanwhile. */
@NullMarked
package dev.belay.startup;

import org.jspecify.annotations.NullMarked;
