/** What a run keeps inside the server: its lock and its record. */
@NullMarked
package dev.belay.postgres.run;

import org.jspecify.annotations.NullMarked;
