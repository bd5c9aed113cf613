package dev.belay.reversible;

import dev.belay.MigrationPlan;
import dev.belay.postgres.backup.PgDump;
import dev.belay.revision.Revisions;
import dev.belay.revision.Target;
import dev.belay.testkit.fault.CrashScenario;
import dev.belay.testkit.fault.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

// tag::scenario[]
public final class UpgradeOfEmployees implements CrashScenario {
    @Override
    public void prepare(Place place) throws SQLException {
        plan(place).upgrade(Target.of("1b77e000"));
        try (Connection connection = place.postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO employees (name) VALUES ('Ada Lovelace'), ('Plato')");
        }
    }

    @Override
    public MigrationPlan plan(Place place) {
        return MigrationPlan.builder()
                .database(place.postgres())
                .revisions(Revisions.onClasspath("db/revisions"))
                .backup(PgDump.into(place.directory().resolve("backups")))
                .build();
    }
}
// end::scenario[]
