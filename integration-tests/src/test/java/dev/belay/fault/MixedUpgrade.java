package dev.belay.fault;

import dev.belay.MigrationPlan;
import dev.belay.testkit.fault.Place;
import java.io.IOException;

/** A transactional revision, and one that builds indexes concurrently and fills in values statement by statement. */
public final class MixedUpgrade extends Clinic {
    @Override
    void revisions(Place place) throws IOException {
        revision(
                place, "a0000001", "ALTER TABLE members ADD COLUMN room int;", "ALTER TABLE members DROP COLUMN room;");
        noTransaction(
                place,
                "a0000002",
                """
                CREATE INDEX CONCURRENTLY members_note ON members (note);
                UPDATE members SET room = id % 7 WHERE id <= 150;
                UPDATE members SET room = id % 7 WHERE id > 150;
                CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS members_email ON members (email);
                """,
                "DROP INDEX CONCURRENTLY members_email;\nDROP INDEX CONCURRENTLY members_note;");
    }

    @Override
    public MigrationPlan plan(Place place) {
        return direct(place).build();
    }
}
