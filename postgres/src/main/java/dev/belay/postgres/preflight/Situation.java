package dev.belay.postgres.preflight;

import dev.belay.backup.NoBackup;
import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.run.PreflightContext;
import java.sql.Connection;
import java.util.Optional;

/**
 * What a check looks at.
 *
 * @param context the run that is about to begin
 * @param connection a connection to the database, in autocommit
 * @param catalog the same for plain SQL
 * @param facts what was asked once for all checks
 */
record Situation(PreflightContext context, Connection connection, Catalog catalog, ServerFacts facts) {
    boolean backsUp() {
        return !(context.backup() instanceof NoBackup);
    }

    Optional<LocalDump> dump() {
        return context.backup() instanceof LocalDump dump ? Optional.of(dump) : Optional.empty();
    }

    boolean makesDatabases() {
        return context.makesCopies() || context.mayRestore();
    }
}
