package dev.belay.fault;

import dev.belay.MigrationPlan;
import dev.belay.testkit.fault.Place;
import java.io.IOException;

/** What nobody should do: rows are deleted statement by statement, and there is no backup. */
public final class LosesRows extends Clinic {
    @Override
    void revisions(Place place) throws IOException {
        noTransaction(place, "a0000001", "DELETE FROM visits WHERE id > 5;\nDELETE FROM visits;", "SELECT 1;");
    }

    @Override
    public MigrationPlan plan(Place place) {
        return withoutBackup(place).build();
    }
}
