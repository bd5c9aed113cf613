/** How URLs, environment variables and password files become connections; not for users. */
@NullMarked
package dev.belay.postgres.connection.internal;

import org.jspecify.annotations.NullMarked;
