package dev.belay.fault;

import dev.belay.MigrationPlan;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.testkit.fault.Place;

/** An upgrade that a check rejects after its commit, and that is taken back by a restore of the backup. */
public final class RollbackByRestore extends Rejected {
    @Override
    public MigrationPlan plan(Place place) {
        return rejected(place).rollback(RollbackStrategy.restore()).build();
    }
}
