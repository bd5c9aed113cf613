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
import dev.belay.postgres.revision.SummedHistory;
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
 * A run's first look: one connection, and two or three round trips, in one snapshot, so that what another run commits meanwhile is seen
 * either in both its history and its journal or in none.
 *
 * <p>Where the history can be summed up in a row, and the sum is that of the files, neither is read further. Where it is another one, the
 * rows are read in a snapshot of their own: so that the end of the transaction can go along with each question.
 *
 * <p>Which tables there are is asked first, since a query of one that isn't there would leave an error in the server's log with each start.
 */
final class Glance {
    private static final String BEGIN = "begin isolation level repeatable read read only; ";
    private static final String END = "rollback";

    private final Database database;
    private final HistoryTable history;
    private final Optional<SummedHistory> sums;
    private final RevisionSource source;
    private final Supplier<RevisionGraph> graph;

    Glance(Database database, HistoryTable history, RevisionSource source, Supplier<RevisionGraph> graph) {
        this.database = database;
        this.history = history;
        this.sums = history instanceof SummedHistory summed ? Optional.of(summed) : Optional.empty();
        this.source = source;
        this.graph = graph;
    }

    /**
     * The revisions on disk.
     *
     * @param summary what the history's summary is when all of them are applied; empty where that can't be told without looking into them
     * @param graph what is in them, where there is no summary
     */
    private record Files(Optional<String> summary, Optional<RevisionGraph> graph) {}

    private Files files() {
        Optional<String> summary = sums.flatMap(summed -> source.checksums().map(summed::summary));
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
        while (true) {
            Optional<FirstLook> found = lookOnce();
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Empty when another run has made a table meanwhile, of which this one would have read nothing. */
    private Optional<FirstLook> lookOnce() throws SQLException {
        Reading files = new Reading();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            Results found = Results.of(statement, BEGIN + tablesSql() + Leftover.suspects(database.name()));
            Tables tables = found.next(Tables::of);
            boolean leftovers =
                    !found.next(rows -> Leftover.of(database.name(), rows)).isEmpty();
            if (tables.history() && sums.isPresent()) {
                return lookAtSums(statement, files, tables, leftovers);
            }
            Recorded recorded = tables.history() ? history.recorded(connection, files::graph) : Recorded.of(List.of());
            UnderWay underWay = tables.underWay(Results.of(statement, tables.underWaySql() + END));
            return Optional.of(contents(recorded, underWay, files, leftovers));
        }
    }

    /** Where there is a history that can be summed up. */
    private Optional<FirstLook> lookAtSums(Statement statement, Reading files, Tables tables, boolean leftovers)
            throws SQLException {
        SummedHistory summed = sums.orElseThrow();
        boolean again = !files.isWithoutChecksums();
        if (again) {
            Results found = Results.of(statement, summed.summarySql() + "; " + tables.underWaySql() + END);
            HistorySummary recorded = found.next(HistorySummary::of);
            UnderWay underWay = tables.underWay(found);
            if (underWay.partial().isEmpty()
                    && recorded.checksum().isPresent()
                    && recorded.checksum().equals(files.files().summary())) {
                return Optional.of(new FirstLook(recorded.heads(), Optional.empty(), underWay.entry(), leftovers));
            }
        }
        Results found = Results.of(
                statement, (again ? BEGIN + tablesSql() : "") + summed.rowsSql() + "; " + tables.underWaySql() + END);
        if (again && !found.next(Tables::of).equals(tables)) {
            return Optional.empty();
        }
        Recorded recorded = found.next(rows -> summed.recorded(rows, statement.getConnection(), files::graph));
        return Optional.of(contents(recorded, tables.underWay(found), files, leftovers));
    }

    private static FirstLook contents(Recorded recorded, UnderWay underWay, Reading files, boolean leftovers) {
        EngineState state = new EngineState(recorded.applied(), underWay.partial(), recorded.failed());
        return new FirstLook(new FirstLook.Contents(state, files.graph()), underWay.entry(), leftovers);
    }

    private String tablesSql() {
        return "select " + history.existsSql() + ", " + HistoryLook.PROGRESS_EXISTS + ", " + JournalTable.EXISTS + "; ";
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
