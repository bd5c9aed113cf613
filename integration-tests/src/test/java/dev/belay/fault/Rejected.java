package dev.belay.fault;

import dev.belay.MigrationPlanBuilder;
import dev.belay.postgres.validation.Query;
import dev.belay.testkit.fault.Place;
import java.io.IOException;

/** An upgrade that takes a column away and is then not to somebody's liking, in production only. */
abstract class Rejected extends Clinic {
    @Override
    void revisions(Place place) throws IOException {
        revision(
                place,
                "a0000001",
                "CREATE TABLE rooms (id int PRIMARY KEY);\nCREATE TABLE keys (id int REFERENCES rooms);",
                "DROP TABLE keys;\nDROP TABLE rooms;");
        noTransaction(
                place,
                "a0000002",
                "CREATE INDEX CONCURRENTLY members_note ON members (note);",
                "DROP INDEX CONCURRENTLY members_note;");
    }

    MigrationPlanBuilder rejected(Place place) {
        return direct(place).validate(Query.isTrue("SELECT to_regclass('rooms') IS NULL"));
    }
}
