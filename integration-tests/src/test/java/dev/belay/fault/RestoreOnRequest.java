package dev.belay.fault;

import dev.belay.MigrationPlan;
import dev.belay.testkit.fault.CrashScenario;
import dev.belay.testkit.fault.Place;
import java.io.IOException;

/** A restore of yesterday's backup, while the database has rows that the backup has not. */
public final class RestoreOnRequest extends Clinic {
    @Override
    void revisions(Place place) throws IOException {
        revision(place, "a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
    }

    @Override
    public void prepare(Place place) throws Exception {
        super.prepare(place);
        plan(place).upgrade();
        plan(place).backup();
        execute(place, "DELETE FROM visits WHERE id % 2 = 0;\nINSERT INTO rooms VALUES (1), (2)");
    }

    @Override
    public MigrationPlan plan(Place place) {
        return direct(place).build();
    }

    @Override
    public String run(MigrationPlan plan) {
        plan.restore(plan.backups().get(0));
        return "restored";
    }

    @Override
    public String next(MigrationPlan plan) {
        return CrashScenario.ended(plan::upgrade);
    }
}
