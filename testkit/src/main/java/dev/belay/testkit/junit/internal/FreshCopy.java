package dev.belay.testkit.junit.internal;

import dev.belay.database.Database;
import dev.belay.postgres.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of one test; the test's store closes it. Thread-safe. */
final class FreshCopy implements AutoCloseable {
    static final List<String> TYPES =
            List.of("PostgresDatabase", "Database", "javax.sql.DataSource", "java.sql.Connection");

    private final Templates templates;
    private final PostgresDatabase database;
    private final Queue<Connection> open = new ConcurrentLinkedQueue<>();

    FreshCopy(Templates templates, Templates.Key key) {
        this.templates = templates;
        this.database = templates.database(templates.copy(key));
    }

    static boolean gives(Class<?> type) {
        return type == PostgresDatabase.class
                || type == Database.class
                || type == DataSource.class
                || type == Connection.class;
    }

    Object as(Class<?> type) {
        if (type == Connection.class) {
            Connection connection = database.connect();
            open.add(connection);
            return connection;
        }
        return type == DataSource.class ? dataSource() : database;
    }

    private DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(templates.server().jdbcUrl(database.name()));
        source.setUser(templates.server().user());
        source.setPassword(templates.server().password());
        return source;
    }

    @Override
    public void close() throws SQLException {
        try {
            for (Connection connection : open) {
                connection.close();
            }
        } finally {
            templates.server().dropDatabase(database.name());
        }
    }
}
