package dev.belay.postgres.sample;

import dev.belay.postgres.revision.SafeError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tries statements inside the transaction: a failed one leaves nothing behind, and each costs one round trip. */
final class Session {
    /** Connection lost, out of resources, cancelled or shut down, the server's own failure: no other row helps. */
    private static final Set<String> HOPELESS = Set.of("08", "53", "57", "58", "F0", "XX");

    private static final String SAVE = "SAVEPOINT belay_sample; ";
    private static final String KEEP = "; RELEASE SAVEPOINT belay_sample";
    private static final String UNDO = "ROLLBACK TO SAVEPOINT belay_sample; RELEASE SAVEPOINT belay_sample";

    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** How many rows a statement wrote. */
    int update(String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(SAVE + sql + KEEP);
            statement.getMoreResults();
            return Math.max(0, statement.getUpdateCount());
        } catch (SQLException e) {
            throw undone(e);
        }
    }

    /** The rows of a query, as text; NULL is an absent literal: {@code NULL}. */
    List<List<String>> literals(String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(SAVE + sql + KEEP);
            statement.getMoreResults();
            List<List<String>> rows = new ArrayList<>();
            try (ResultSet result = statement.getResultSet()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        String value = result.getString(i);
                        row.add(value == null ? Cells.NULL : Cells.literal(value));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw undone(e);
        }
    }

    /** The whole numbers that a query gives. */
    List<Integer> numbers(String sql) throws SQLException {
        return literals(sql).stream()
                .map(row -> Integer.valueOf(row.get(0).replace("'", "")))
                .toList();
    }

    /** Runs a statement as it is. */
    void execute(String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(sql);
        }
    }

    /** What the server said, without values. */
    static String words(SQLException failure, String sql) {
        return SafeError.describe(failure, sql);
    }

    /** Whether the session or the server is in no state to try anything else. */
    boolean isLost(SQLException failure) {
        String state = SafeError.state(failure);
        return state.length() != 5 || HOPELESS.contains(state.substring(0, 2));
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    private SQLException undone(SQLException failure) throws SQLException {
        if (!isLost(failure)) {
            execute(UNDO);
        }
        return failure;
    }
}
