package dev.belay.postgres.engine;

import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.engine.EngineState.Partial;
import dev.belay.postgres.copies.internal.Leftover;
import dev.belay.postgres.revision.HistoryLook;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.JournalTable;
import dev.belay.postgres.revision.Recorded;
import dev.belay.postgres.revision.Results;
import dev.belay.postgres.revision.RevisionFiles;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.run.FirstLook;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A run's first look: one connection and three round trips, in one snapshot, so that what another run commits meanwhile is seen
 * either in both its history and its journal or in none.
 *
 * <p>Which tables there are is asked first, since a query of one that isn't there would leave an error in the server's log with each start.
 */
final class Glance {
    private final Database database;
    private final HistoryTable history;
    private final RevisionSource source;
    private final Supplier<RevisionGraph> graph;

    Glance(Database database, HistoryTable history, RevisionSource source, Supplier<RevisionGraph> graph) {
        this.database = database;
        this.history = history;
        this.source = source;
        this.graph = graph;
    }

    /** The revisions on disk: their checksums where these are known, else what is in them. */
    private record Files(Optional<Map<String, String>> checksums, Optional<RevisionGraph> graph) {}

    private Files files() {
        Optional<Map<String, String>> checksums = source.checksums();
        return new Files(checksums, checksums.isEmpty() ? Optional.of(graph.get()) : Optional.empty());
    }

    /** What a thread of its own reads. */
    private final class Reading implements RevisionFiles {
        // not a pool's, whose class loader would be another one
        private final CompletableFuture<Files> files =
                CompletableFuture.supplyAsync(Glance.this::files, task -> new Thread(task, "belay-revisions").start());

        private Files files() {
            try {
                return files.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
        }

        @Override
        public Optional<Map<String, String>> checksums() {
            return files().checksums();
        }

        @Override
        public RevisionGraph graph() {
            return files().graph().orElseGet(graph);
        }
    }

    FirstLook look() throws SQLException {
        RevisionFiles files = new Reading();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            Results found = Results.of(
                    statement,
                    "begin isolation level repeatable read read only; select " + history.existsSql() + ", "
                            + HistoryLook.PROGRESS_EXISTS + ", " + JournalTable.EXISTS + "; "
                            + Leftover.suspects(database.name()));
            Tables tables = found.next(Tables::of);
            List<Leftover> leftovers = found.next(rows -> Leftover.of(database.name(), rows));
            Recorded recorded = tables.history() ? history.recorded(connection, files) : Recorded.of(List.of());
            found = Results.of(
                    statement,
                    (tables.progress() ? HistoryLook.PROGRESS + "; " : "")
                            + (tables.journal() ? JournalTable.ENTRY + "; " : "") + "rollback");
            Optional<Partial> partial = tables.progress() ? found.next(HistoryLook::partial) : Optional.empty();
            Optional<String> entry = tables.journal() ? found.next(Glance::text) : Optional.empty();
            boolean allApplied = files.checksums()
                    .filter(checksums -> recorded.failed().isEmpty() && history.isAllOf(checksums, recorded.applied()))
                    .isPresent();
            return new FirstLook(
                    new EngineState(recorded.applied(), partial, recorded.failed()),
                    entry,
                    !leftovers.isEmpty(),
                    allApplied ? Optional.empty() : Optional.of(files.graph()));
        }
    }

    private record Tables(boolean history, boolean progress, boolean journal) {
        static Tables of(ResultSet row) throws SQLException {
            row.next();
            return new Tables(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3));
        }
    }

    private static Optional<String> text(ResultSet row) throws SQLException {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
}
