/** The test engine behind the annotations, and the databases that tests get. */
@NullMarked
package dev.belay.testkit.junit.internal;

import org.jspecify.annotations.NullMarked;
