package dev.belay.quickstart;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.database.TableFingerprint;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A backup for a machine without pg_dump: a copy inside the server. A template must have no session, and a run has one that
 * holds its lock; so the copy is made right before the run. That is good enough for a clinic that nobody writes to meanwhile,
 * and for nothing else.
 */
record TemplateBackup(PostgresServer server, String copy, Instant takenAt, Duration duration)
        implements BackupStrategy {
    static TemplateBackup takenNow(PostgresServer server, String database) throws SQLException {
        Instant start = Instant.now();
        String copy = database + "_backup_" + start.toEpochMilli();
        execute(server, "CREATE DATABASE " + copy + " TEMPLATE " + database);
        return new TemplateBackup(server, copy, start, Duration.between(start, Instant.now()));
    }

    @Override
    public Backup take(BackupContext context) {
        return new Backup(
                copy,
                "database " + copy,
                Optional.empty(),
                context.database().name(),
                takenAt,
                context.state().ids(),
                size(),
                duration,
                ProofLevel.NONE,
                Optional.of(rows(context)));
    }

    private List<TableFingerprint> rows(BackupContext context) {
        PostgresDatabase database = PostgresDatabase.at(server.jdbcUrl(copy), server.user(), server.password());
        try {
            return database.observations().rows(database, context);
        } catch (SQLException e) {
            throw new BackupFailedException("The rows of the copy " + copy + " could not be counted.", e);
        }
    }

    /** The copy's comment says that it is Belay's own, and must not be lost. */
    @Override
    public void restore(Backup backup, Database into, RunContext context) {
        try {
            String comment = one("SELECT quote_nullable(shobj_description(oid, 'pg_database')) FROM pg_database"
                    + " WHERE datname = '" + into.name() + "'");
            execute(server, "DROP DATABASE " + into.name() + " WITH (FORCE)");
            execute(server, "CREATE DATABASE " + into.name() + " TEMPLATE " + backup.id());
            execute(server, "COMMENT ON DATABASE " + into.name() + " IS " + comment);
        } catch (SQLException e) {
            throw new BackupFailedException("The copy " + backup.id() + " could not be restored.", e);
        }
    }

    @Override
    public String describe() {
        return "a template copy inside the server";
    }

    private long size() {
        try {
            return Long.parseLong(one("SELECT pg_database_size('" + copy + "')"));
        } catch (SQLException e) {
            throw new BackupFailedException("The copy " + copy + " is not there.", e);
        }
    }

    private String one(String query) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
