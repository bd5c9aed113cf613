package dev.belay.postgres.carryover;

import dev.belay.database.Database;
import dev.belay.postgres.carryover.RowWriter.Unfit;
import dev.belay.postgres.revision.SafeError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The restored database while changes are carried over into it: one transaction for each of the original's. Changes are written
 * together as long as that goes well, and each under a savepoint of its own where it doesn't.
 */
final class Restored implements AutoCloseable {
    /** So many changes are kept in memory, and written again when one of them doesn't fit. */
    private static final int PORTION = 2_000;

    private final Connection connection;
    private final RowWriter writer;
    private final Hushed hushed;
    private final Tally tally;
    private final List<Change> waiting = new ArrayList<>();
    private boolean begun;

    Restored(Database database, Tally tally) throws SQLException {
        this.tally = tally;
        connection = database.connect();
        try {
            execute(Settings.SQL);
            // the rename that puts the database in its place is committed durably, and with it all before
            execute("SET synchronous_commit = off");
            hushed = Hushed.in(connection);
            writer = new RowWriter(connection, new Tables(connection));
            connection.setAutoCommit(false);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    void add(Change change) throws SQLException {
        waiting.add(change);
        if (waiting.size() >= PORTION) {
            write();
            begun = true;
        }
    }

    /** The original's transaction ended here. */
    void commit() throws SQLException {
        if (begun || !atOnce()) {
            write();
            connection.commit();
        }
        begun = false;
        waiting.clear();
    }

    /** Most transactions are small and fit: those are written without a round trip more than they need. */
    private boolean atOnce() throws SQLException {
        try {
            List<Set<String>> homeless = new ArrayList<>();
            for (Change change : waiting) {
                homeless.add(writer.write(change));
            }
            connection.commit();
            for (int i = 0; i < waiting.size(); i++) {
                carried(waiting.get(i), homeless.get(i));
            }
            return true;
        } catch (SQLException | Unfit e) {
            connection.rollback();
            return false;
        }
    }

    private void write() throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        execute("SET CONSTRAINTS ALL DEFERRED");
        if (!together()) {
            List<Change> left = List.copyOf(waiting);
            int before;
            do {
                before = left.size();
                left = oneByOne(left, false);
            } while (!left.isEmpty() && left.size() < before);
            oneByOne(left, true);
        }
        waiting.clear();
    }

    private boolean together() throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            List<Set<String>> homeless = new ArrayList<>();
            for (Change change : waiting) {
                homeless.add(writer.write(change));
            }
            execute("SET CONSTRAINTS ALL IMMEDIATE");
            connection.releaseSavepoint(savepoint);
            for (int i = 0; i < waiting.size(); i++) {
                carried(waiting.get(i), homeless.get(i));
            }
            return true;
        } catch (SQLException | Unfit e) {
            connection.rollback(savepoint);
            return false;
        }
    }

    /** Writes each that fits; what doesn't may fit once others are written. */
    private List<Change> oneByOne(List<Change> changes, boolean last) throws SQLException {
        List<Change> left = new ArrayList<>();
        for (Change change : changes) {
            Savepoint savepoint = connection.setSavepoint();
            try {
                Set<String> homeless = writer.write(change);
                execute("SET CONSTRAINTS ALL IMMEDIATE");
                connection.releaseSavepoint(savepoint);
                carried(change, homeless);
            } catch (Unfit e) {
                connection.rollback(savepoint);
                left.add(change);
                say(last, change, String.valueOf(e.getMessage()));
            } catch (SQLException e) {
                connection.rollback(savepoint);
                left.add(change);
                say(last, change, SafeError.describe(e, ""));
            }
        }
        return left;
    }

    private void carried(Change change, Set<String> homeless) {
        change.tables().forEach(tally::carried);
        homeless.forEach(column -> tally.not(change.table(), "values of column " + column + ", which is not there"));
    }

    private void say(boolean last, Change change, String why) {
        if (last) {
            change.tables().forEach(table -> tally.not(table, why));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Nothing more comes: the tables are as they were made. */
    void finish() throws SQLException {
        hushed.end(connection);
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
