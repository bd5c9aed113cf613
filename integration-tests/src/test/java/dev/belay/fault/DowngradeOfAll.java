package dev.belay.fault;

import dev.belay.MigrationPlan;
import dev.belay.revision.Target;
import dev.belay.testkit.fault.CrashScenario;
import dev.belay.testkit.fault.Place;
import java.io.IOException;

/** Two revisions taken back, one of them outside of a transaction. */
public final class DowngradeOfAll extends Clinic {
    @Override
    void revisions(Place place) throws IOException {
        revision(
                place,
                "a0000001",
                "CREATE TABLE rooms (id int PRIMARY KEY);\nINSERT INTO rooms VALUES (1), (2);",
                "DROP TABLE rooms;");
        noTransaction(
                place,
                "a0000002",
                """
                CREATE INDEX CONCURRENTLY members_note ON members (note);
                UPDATE members SET note = upper(note);
                """,
                "UPDATE members SET note = lower(note);\nDROP INDEX CONCURRENTLY members_note;");
    }

    @Override
    public void prepare(Place place) throws Exception {
        super.prepare(place);
        plan(place).upgrade();
    }

    @Override
    public MigrationPlan plan(Place place) {
        return direct(place).build();
    }

    @Override
    public String run(MigrationPlan plan) {
        return CrashScenario.ended(() -> plan.downgrade(Target.base()));
    }
}
