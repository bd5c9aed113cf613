package dev.belay.postgres.carryover;

import dev.belay.database.Database;
import dev.belay.postgres.carryover.RowWriter.Unfit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The restored database while changes are carried over into it: one transaction for each of the original's. Changes are written
 * together as long as that goes well, and each under a savepoint of its own where it doesn't; what others may make room for is tried
 * again after them.
 */
final class Restored implements AutoCloseable {
    /** So many changes are kept in memory, and written again when one of them doesn't fit. */
    private static final int PORTION = 2_000;

    private final Connection connection;
    private final RowWriter writer;
    private final Hushed hushed;
    private final Tally tally;
    private final Postponed postponed;
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
            Tables tables = new Tables(connection);
            writer = new RowWriter(connection, tables);
            postponed = new Postponed(tables);
            connection.setAutoCommit(false);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
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
        if (postponed.size() > PORTION) {
            settle();
        }
    }

    /** No more is there for now, of rows and of numbers. */
    void settle(Connection source) throws SQLException {
        settle();
        Sequences.carry(source, connection);
        connection.commit();
    }

    /** No more is there for now: tries once more what didn't fit, and says what doesn't. */
    private void settle() throws SQLException {
        // what the original's transaction lacks when it could not be read to its end
        connection.rollback();
        waiting.clear();
        begun = false;
        if (postponed.size() > 0) {
            execute("SET CONSTRAINTS ALL DEFERRED");
            passes(postponed.take());
            for (Change change : postponed.take()) {
                tryToWrite(change).ifPresent(unfit -> say(change, unfit));
            }
            connection.commit();
        }
    }

    /** Most transactions are small and fit: those are written without a round trip more than they need. */
    private boolean atOnce() throws SQLException {
        if (waiting.stream().anyMatch(postponed::concern)) {
            return false;
        }
        try {
            List<Set<String>> homeless = new ArrayList<>();
            for (Change change : waiting) {
                homeless.add(writer.write(change));
            }
            connection.commit();
            carried(homeless);
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
            passes(List.copyOf(waiting));
        }
        waiting.clear();
    }

    private boolean together() throws SQLException {
        if (waiting.stream().anyMatch(postponed::concern)) {
            return false;
        }
        Savepoint savepoint = connection.setSavepoint();
        try {
            List<Set<String>> homeless = new ArrayList<>();
            for (Change change : waiting) {
                homeless.add(writer.write(change));
            }
            execute("SET CONSTRAINTS ALL IMMEDIATE");
            connection.releaseSavepoint(savepoint);
            carried(homeless);
            return true;
        } catch (SQLException | Unfit e) {
            connection.rollback(savepoint);
            return false;
        }
    }

    /** Writes each that fits, again and again as long as more do; the others wait for what is still to come. */
    private void passes(List<Change> changes) throws SQLException {
        List<Change> left = changes;
        List<Change> earlier = postponed.take();
        int before;
        do {
            before = left.size();
            earlier.forEach(postponed::add);
            for (Change change : left) {
                writeOrPostpone(change);
            }
            List<Change> all = postponed.take();
            left = all.subList(earlier.size(), all.size());
        } while (!left.isEmpty() && left.size() < before);
        earlier.forEach(postponed::add);
        left.forEach(postponed::add);
    }

    private void writeOrPostpone(Change change) throws SQLException {
        if (postponed.concern(change)) {
            postponed.add(change);
            return;
        }
        Optional<Unfit> unfit = tryToWrite(change);
        if (unfit.isPresent() && unfit.get().mayFitLater()) {
            postponed.add(change);
        } else {
            unfit.ifPresent(why -> say(change, why));
        }
    }

    private Optional<Unfit> tryToWrite(Change change) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            Set<String> homeless = writer.write(change);
            execute("SET CONSTRAINTS ALL IMMEDIATE");
            connection.releaseSavepoint(savepoint);
            carried(change, homeless);
            return Optional.empty();
        } catch (Unfit e) {
            connection.rollback(savepoint);
            return Optional.of(e);
        } catch (SQLException e) {
            connection.rollback(savepoint);
            return Optional.of(Unfit.of(e));
        }
    }

    private void carried(List<Set<String>> homeless) {
        for (int i = 0; i < waiting.size(); i++) {
            carried(waiting.get(i), homeless.get(i));
        }
    }

    private void carried(Change change, Set<String> homeless) {
        change.tables().forEach(tally::carried);
        homeless.forEach(column -> tally.not(change.table(), "values of column " + column + ", which is not there"));
    }

    private void say(Change change, Unfit why) {
        change.tables().forEach(table -> tally.not(table, String.valueOf(why.getMessage())));
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
