/** The history of a database and the running of scripts. Not exported: public only for the engine. */
@NullMarked
package dev.belay.postgres.revision;

import org.jspecify.annotations.NullMarked;
