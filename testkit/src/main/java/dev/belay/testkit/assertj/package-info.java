/** AssertJ assertions about schemas and revisions. */
@NullMarked
package dev.belay.testkit.assertj;

import org.jspecify.annotations.NullMarked;
