/** PostgreSQL's client programs: found, and run without a password in their arguments. */
@NullMarked
package dev.belay.postgres.tools;

import org.jspecify.annotations.NullMarked;
