package dev.belay.postgres.engine;

import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.engine.EngineState.Partial;
import dev.belay.postgres.copies.internal.Leftover;
import dev.belay.postgres.revision.HistoryLook;
import dev.belay.postgres.revision.HistorySummary;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.JournalTable;
import dev.belay.postgres.revision.Recorded;
import dev.belay.postgres.revision.Results;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.run.FirstLook;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A run's first look: one connection and three round trips, or four, in one snapshot, so that what another run commits meanwhile is
 * seen either in both its history and its journal or in none.
 *
 * <p>Where the history can be summed up in a row, and the sum is that of the files, neither is read further.
 *
 * <p>Which tables there are is asked first, since a query of one that isn't there would leave an error in the server's log with each start.
 */
final class Glance {
    private final Database database;
    private final HistoryTable history;
    private final RevisionSource source;
    private final Supplier<RevisionGraph> graph;
    private final Optional<String> summary;

    Glance(Database database, HistoryTable history, RevisionSource source, Supplier<RevisionGraph> graph) {
        this.database = database;
        this.history = history;
        this.source = source;
        this.graph = graph;
        this.summary = history.summarySql();
    }

    /**
     * The revisions on disk.
     *
     * @param summary what the history's summary is when all of them are applied; empty where that can't be told without looking into them
     * @param graph what is in them, where there is no summary
     */
    private record Files(Optional<String> summary, Optional<RevisionGraph> graph) {}

    private Files files() {
        Optional<String> summary =
                history.summarySql().isPresent() ? source.checksums().map(history::summary) : Optional.empty();
        return new Files(summary, summary.isEmpty() ? Optional.of(graph.get()) : Optional.empty());
    }

    /** What a thread of its own reads. */
    private final class Reading {
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

        /** Whether the answer is there already, and it is no. */
        boolean isWithoutChecksums() {
            return files.isDone()
                    && (files.isCompletedExceptionally() || files().summary().isEmpty());
        }

        RevisionGraph graph() {
            return files().graph().orElseGet(graph);
        }
    }

    FirstLook look() throws SQLException {
        Reading files = new Reading();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            Results found = Results.of(
                    statement,
                    "begin isolation level repeatable read read only; select " + history.existsSql() + ", "
                            + HistoryLook.PROGRESS_EXISTS + ", " + JournalTable.EXISTS + "; "
                            + Leftover.suspects(database.name()));
            Tables tables = found.next(Tables::of);
            boolean leftovers =
                    !found.next(rows -> Leftover.of(database.name(), rows)).isEmpty();
            if (tables.history() && summary.isPresent() && !files.isWithoutChecksums()) {
                found = Results.of(statement, summary.get() + "; " + tables.underWaySql());
                HistorySummary recorded = found.next(HistorySummary::of);
                UnderWay underWay = tables.underWay(found);
                if (underWay.partial().isEmpty()
                        && recorded.checksum().isPresent()
                        && recorded.checksum().equals(files.files().summary())) {
                    statement.execute("rollback");
                    return new FirstLook(recorded.heads(), Optional.empty(), underWay.entry(), leftovers);
                }
            }
            Recorded recorded = tables.history() ? history.recorded(connection, files::graph) : Recorded.of(List.of());
            UnderWay underWay = tables.underWay(Results.of(statement, tables.underWaySql() + "rollback"));
            return new FirstLook(
                    new FirstLook.Contents(
                            new EngineState(recorded.applied(), underWay.partial(), recorded.failed()), files.graph()),
                    underWay.entry(),
                    leftovers);
        }
    }

    /** What a run is at, or was when it was killed. */
    private record UnderWay(Optional<Partial> partial, Optional<String> entry) {}

    private record Tables(boolean history, boolean progress, boolean journal) {
        static Tables of(ResultSet row) throws SQLException {
            row.next();
            return new Tables(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3));
        }

        /** Ends with a semicolon, if there is anything to ask. */
        String underWaySql() {
            return (progress ? HistoryLook.PROGRESS + "; " : "") + (journal ? JournalTable.ENTRY + "; " : "");
        }

        UnderWay underWay(Results found) throws SQLException {
            Optional<Partial> partial = progress ? found.next(HistoryLook::partial) : Optional.empty();
            return new UnderWay(partial, journal ? found.next(Glance::text) : Optional.empty());
        }
    }

    private static Optional<String> text(ResultSet row) throws SQLException {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
}
