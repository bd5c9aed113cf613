package dev.belay.postgres.lossless;

import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.Place;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Belay's own statements in a revision's transaction. */
final class Server {
    private final Connection connection;
    private final String revision;
    private final String what;

    /** Reads a row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Speaks through this connection.
     *
     * @param what what it is done for, for messages
     */
    Server(Connection connection, String revision, String what) {
        this.connection = connection;
        this.revision = revision;
        this.what = what;
    }

    /** Returns how many rows it was about. */
    long execute(String sql) throws FailedStatement {
        try (Statement statement = statement()) {
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    <T> List<T> list(String sql, Row<T> row) throws FailedStatement {
        try (Statement statement = statement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(row.read(rows));
            }
            return list;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Of a query that returns one row. */
    <T> T one(String sql, Row<T> row) throws FailedStatement {
        return list(sql, row).get(0);
    }

    boolean yes(String sql) throws FailedStatement {
        return one(sql, row -> row.getBoolean(1));
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    private FailedStatement failed(String sql, SQLException e) {
        return new FailedStatement(Place.own(revision, what, sql), e);
    }
}
