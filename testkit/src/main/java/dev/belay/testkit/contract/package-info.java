/** Published contract tests: extend one, and a strategy of your own is tested as ours are. */
@NullMarked
package dev.belay.testkit.contract;

import org.jspecify.annotations.NullMarked;
