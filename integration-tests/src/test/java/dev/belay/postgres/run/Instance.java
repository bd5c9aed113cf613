package dev.belay.postgres.run;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.Revisions;
import dev.belay.revision.Script;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** An application that upgrades its database when it starts, and then uses it: a process of its own. */
final class Instance {
    private static final Revision TABLE = Revision.named("aaaa0000", "Rooms")
            .upgrade(sql("CREATE TABLE rooms (id int); INSERT INTO rooms SELECT generate_series(1, 20000)", true))
            .downgrade(sql("DROP TABLE rooms", true));
    private static final Revision INDEX = Revision.named("bbbb0000", "Index")
            .after("aaaa0000")
            .upgrade(sql("SELECT pg_sleep(1); CREATE INDEX CONCURRENTLY rooms_id ON rooms (id)", false))
            .downgrade(sql("DROP INDEX CONCURRENTLY rooms_id", false));
    private static final Revision COLUMN = Revision.named("cccc0000", "Column")
            .after("bbbb0000")
            .upgrade(sql("ALTER TABLE rooms ADD COLUMN name text NOT NULL DEFAULT 'room'", true))
            .downgrade(sql("ALTER TABLE rooms DROP COLUMN name", true));

    private Instance() {}

    /**
     * Upgrades, looks, and says how it went and how many milliseconds after the last revision it was done.
     *
     * @param arguments URL, user, password
     */
    public static void main(String[] arguments) throws SQLException {
        PostgresDatabase database = PostgresDatabase.at(arguments[0], arguments[1], arguments[2]);
        MigrationReport report = MigrationPlan.builder()
                .database(database)
                .revisions(Revisions.of(TABLE, INDEX, COLUMN))
                .environment(Environment.DEVELOPMENT)
                .timeout(Duration.ofMinutes(10))
                .build()
                .upgrade();
        System.out.println(report.outcome().label() + " " + millisAfter(database));
    }

    /** Fails when the new schema isn't there. */
    private static long millisAfter(PostgresDatabase database) throws SQLException {
        String sql = """
                SELECT (extract(epoch FROM clock_timestamp() - (SELECT max(applied_at) FROM belay.history)) * 1000)::bigint
                FROM rooms JOIN pg_index ON indexrelid = 'rooms_id'::regclass AND indisvalid
                WHERE id = 17 AND name = 'room'""";
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Change sql(String text, boolean transactional) {
        return new Change.Sql(Script.ofText("test.sql", text), transactional);
    }
}
