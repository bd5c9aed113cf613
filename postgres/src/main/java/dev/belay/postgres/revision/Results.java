package dev.belay.postgres.revision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What several statements return that are sent together, in one round trip. */
public final class Results {
    private final Statement statement;
    private boolean isRows;

    /** Reads rows. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private Results(Statement statement, String sql) throws SQLException {
        this.statement = statement;
        this.isRows = statement.execute(sql);
    }

    /** Of statements with semicolons between them. */
    public static Results of(Statement statement, String sql) throws SQLException {
        return new Results(statement, sql);
    }

    /** Reads the next one that is rows. */
    public <T> T next(Reading<T> reading) throws SQLException {
        while (!isRows && statement.getUpdateCount() >= 0) {
            isRows = statement.getMoreResults();
        }
        try (ResultSet rows = statement.getResultSet()) {
            return reading.of(rows);
        } finally {
            isRows = statement.getMoreResults();
        }
    }
}
