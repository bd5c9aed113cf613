package dev.belay.guides;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database as it was before the procedure, and the directories that go with it. */
final class Practice implements AutoCloseable {
    private final PostgresServer server;
    private final String name;
    private final Path work;

    /** On a throwaway server. */
    Practice(PostgresServer server, String name, Path work) {
        this.server = server;
        this.name = server.createUniqueDatabase(name);
        this.work = work.resolve(name);
    }

    String url() {
        return server.libpqUrl(name);
    }

    Path backups() {
        return work.resolve("backups");
    }

    Path reports() {
        return work.resolve("reports");
    }

    /** The state that the guide begins with: some revisions applied long ago, and rows. */
    void begin(RevisionSource revisions, String revision, String rows) throws SQLException {
        MigrationPlan.builder()
                .database(PostgresDatabase.at(url()))
                .revisions(revisions)
                .environment(Environment.DEVELOPMENT)
                .build()
                .upgrade(Target.of(revision));
        execute(rows);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The one value of a query. */
    String value(String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** Drops the database, and what restores have put aside. */
    @Override
    public void close() throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT datname FROM pg_database WHERE datname LIKE '" + name + "\\_failed\\_%'")) {
            while (row.next()) {
                server.dropDatabase(row.getString(1));
            }
        }
        server.dropDatabase(name);
    }
}
