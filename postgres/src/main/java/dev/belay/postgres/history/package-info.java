/** The history tables of other tools. Not exported: public only for the engine. */
@NullMarked
package dev.belay.postgres.history;

import org.jspecify.annotations.NullMarked;
