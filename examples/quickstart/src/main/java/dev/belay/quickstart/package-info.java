/** Four runs on a throwaway PostgreSQL: one that succeeds, and three that Belay holds. */
@NullMarked
package dev.belay.quickstart;

import org.jspecify.annotations.NullMarked;
