/** What assertions and the test engine share. */
@NullMarked
package dev.belay.testkit.assertj.internal;

import org.jspecify.annotations.NullMarked;
