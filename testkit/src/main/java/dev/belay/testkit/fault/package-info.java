/** Faults on purpose: a run is broken at every act in turn, and what the next run makes of it is looked at. */
@NullMarked
package dev.belay.testkit.fault;

import org.jspecify.annotations.NullMarked;
