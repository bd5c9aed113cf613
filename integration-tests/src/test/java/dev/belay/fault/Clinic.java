package dev.belay.fault;

import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.backup.ProofLevel;
import dev.belay.postgres.backup.PgDump;
import dev.belay.revision.Revisions;
import dev.belay.testkit.fault.CrashScenario;
import dev.belay.testkit.fault.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A clinic's database and its revisions; how each scenario begins. */
abstract class Clinic implements CrashScenario {
    private static final String CONTENT = """
            CREATE TABLE members (id int PRIMARY KEY, email text NOT NULL, note text);
            CREATE TABLE visits (id bigserial PRIMARY KEY, member int NOT NULL REFERENCES members, notes text);
            INSERT INTO members SELECT i, 'user' || i || '@example.org', 'note ' || i FROM generate_series(1, 300) i;
            INSERT INTO visits (member, notes) SELECT 1 + i % 300, repeat('n', i % 100) FROM generate_series(1, 1000) i;
            """;

    private String last = "";

    /** Writes revisions into the place's directory. */
    abstract void revisions(Place place) throws IOException;

    @Override
    public void prepare(Place place) throws Exception {
        execute(place, CONTENT);
        Files.createDirectories(place.directory().resolve("revisions"));
        revisions(place);
    }

    @Override
    public MigrationPlan plan(Place place) {
        return builder(place).build();
    }

    MigrationPlanBuilder builder(Place place) {
        return base(place).backup(PgDump.into(place.directory().resolve("backups")));
    }

    MigrationPlanBuilder withoutBackup(Place place) {
        return base(place).skipBackup("nobody needs it").skipTestRun("nobody needs it");
    }

    private static MigrationPlanBuilder base(Place place) {
        return MigrationPlan.builder()
                .database(place.postgres())
                .revisions(Revisions.in(place.directory().resolve("revisions")))
                .reports(place.directory().resolve("reports"))
                .timeout(Duration.ofSeconds(60));
    }

    /** With a backup, and without a test run: what a test run does is in the scenario that has one. */
    MigrationPlanBuilder direct(Place place) {
        return builder(place).proof(ProofLevel.LISTED).skipTestRun("another scenario has it");
    }

    void revision(Place place, String id, String up, String down) throws IOException {
        write(place, id, "", up, down);
    }

    void noTransaction(Place place, String id, String up, String down) throws IOException {
        write(place, id, " no-transaction", up, down);
    }

    private void write(Place place, String id, String how, String up, String down) throws IOException {
        Path file = place.directory().resolve("revisions").resolve("20261121_0000_" + id + "_change.sql");
        String parents = last.isEmpty() ? "" : "-- belay:parents " + last + "\n";
        Files.writeString(
                file,
                "-- belay:revision " + id + "\n" + parents + "-- belay:upgrade" + how + "\n" + up
                        + "\n-- belay:downgrade" + how + "\n" + down + "\n");
        last = id;
    }

    static void execute(Place place, String sql) throws SQLException {
        try (Connection connection = place.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
