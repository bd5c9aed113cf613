/**
 * SQL scripts: split into statements as psql would, told apart by their leading keywords, and summed up by their
 * tokens.
 */
@NullMarked
package dev.belay.postgres.sql;

import org.jspecify.annotations.NullMarked;
