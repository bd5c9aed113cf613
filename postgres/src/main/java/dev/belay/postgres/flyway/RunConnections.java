package dev.belay.postgres.flyway;

import dev.belay.engine.EngineContext;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.LoggerFactory;

/** Connects Flyway to the database of a run, with the run's timeouts. */
final class RunConnections implements DataSource {
    private final EngineContext context;
    private final List<Connection> open = new CopyOnWriteArrayList<>();

    RunConnections(EngineContext context) {
        this.context = context;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = context.database().connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = " + context.lockTimeout().toMillis());
            statement.execute(
                    "set statement_timeout = " + context.statementTimeout().toMillis());
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        open.add(connection);
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the run's own user is taken");
    }

    /** Ends what runs on the server. */
    void cancel() {
        for (Connection connection : open) {
            try {
                if (!connection.isClosed()) {
                    connection.unwrap(PgConnection.class).cancelQuery();
                }
            } catch (SQLException e) {
                LoggerFactory.getLogger(RunConnections.class)
                        .debug("A statement could not be cancelled, SQLSTATE {}", e.getSQLState());
            }
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("nothing is written");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("the run's own time counts");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("there is none");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
