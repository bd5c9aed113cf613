/** A database as Belay's core sees it: connections, copies, observations, the lock, the audit trail. */
@NullMarked
package dev.belay.database;

import org.jspecify.annotations.NullMarked;
