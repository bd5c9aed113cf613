/** The copy on which a change is tried before production sees it. */
@NullMarked
package dev.belay.testrun;

import org.jspecify.annotations.NullMarked;
