/** How a PostgreSQL database is reached, by this program and by the client programs that it starts. */
@NullMarked
package dev.belay.postgres.connection;

import org.jspecify.annotations.NullMarked;
