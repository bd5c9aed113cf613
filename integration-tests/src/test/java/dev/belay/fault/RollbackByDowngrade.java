package dev.belay.fault;

import dev.belay.MigrationPlan;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.testkit.fault.Place;

/** An upgrade that a check rejects after its commit, and that is taken back by its downgrades. */
public final class RollbackByDowngrade extends Rejected {
    @Override
    public MigrationPlan plan(Place place) {
        return rejected(place).rollback(RollbackStrategy.downgrade()).build();
    }
}
