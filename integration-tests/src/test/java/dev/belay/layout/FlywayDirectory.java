package dev.belay.layout;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.Rows;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A directory of migrations, a database, and both tools on them. */
final class FlywayDirectory {
    static final PostgresServer SERVER = PostgresServers.shared();
    static final String ROWS =
            "SELECT installed_rank, version, description, type, script, checksum, installed_by, success"
                    + " FROM flyway_schema_history ORDER BY installed_rank";

    private final Path directory;
    private final String name;

    FlywayDirectory(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** The same files with another database. */
    FlywayDirectory with(String other) {
        return new FlywayDirectory(directory, other);
    }

    Path directory() {
        return directory;
    }

    PostgresDatabase database() {
        return PostgresDatabase.at(SERVER.libpqUrl(name));
    }

    FlywayDirectory file(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** With a lock of the session, without which Flyway's CREATE INDEX CONCURRENTLY would wait for Flyway itself. */
    FluentConfiguration configuration() {
        return Flyway.configure()
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .dataSource(SERVER.jdbcUrl(name), SERVER.user(), SERVER.password())
                .locations("filesystem:" + directory);
    }

    Flyway flyway() {
        return configuration().load();
    }

    /** Flyway up to a version. */
    void flywayTo(String version) {
        configuration().target(version).load().migrate();
    }

    MigrationPlan belay() {
        return belay(Layouts.FLYWAY);
    }

    MigrationPlan belay(Layout layout) {
        return MigrationPlan.builder()
                .database(database())
                .revisions(Layouts.in(directory, layout))
                .environment(Environment.DEVELOPMENT)
                .lockTimeout(Duration.ofMinutes(2))
                .build();
    }

    MigrationPlan belay(Layout layout, Environment environment, Path backups) {
        return MigrationPlan.builder()
                .database(database())
                .revisions(Layouts.in(directory, layout))
                .environment(environment)
                .backup(PgDump.into(backups))
                .build();
    }

    /** Rows with their columns in one text each. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name)) {
            return Rows.of(connection, sql);
        }
    }
}
