package dev.belay.recipes;

import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.revision.Revisions;
import java.nio.file.Path;

/** A restore that takes along what applications wrote meanwhile. */
public final class CarryOver {
    private CarryOver() {}

    /** A plan that captures what is written after its backup. */
    public static MigrationPlan plan(String url, Path directory) {
        // tag::carry-over[]
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(Revisions.onClasspath("db/revisions"))
                .backup(PgDump.into(directory))
                .carryOverWrites()
                .build();
        // end::carry-over[]
        return plan;
    }
}
