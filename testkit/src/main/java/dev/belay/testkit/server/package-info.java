/** A real PostgreSQL server for tests and for the quickstart: found, or started for as long as this JVM lives. */
@NullMarked
package dev.belay.testkit.server;

import org.jspecify.annotations.NullMarked;
