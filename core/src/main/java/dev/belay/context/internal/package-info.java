/** What the packages of core share and users don't see. */
@NullMarked
package dev.belay.context.internal;

import org.jspecify.annotations.NullMarked;
