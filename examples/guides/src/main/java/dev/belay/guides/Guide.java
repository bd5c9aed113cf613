package dev.belay.guides;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.report.MigrationReport;
import dev.belay.rollback.RollbackResult;
import java.util.function.Supplier;

/** A procedure: an upgrade, one that fails, a downgrade, and a restore. */
interface Guide {
    /** What each of the four came to. */
    record Ending(
            MigrationReport upgrade, MigrationReport failure, MigrationReport downgrade, RollbackResult restore) {}

    /** What is migrated, in a few words. */
    String title();

    /** Makes the guide's database on a practice's server, and runs the procedure on it. */
    Ending run(Practice practice) throws Exception;

    /** The report of a run, however it ends. */
    static MigrationReport reportOf(Supplier<MigrationReport> run) {
        try {
            return run.get();
        } catch (MigrationFailedException e) {
            return e.report();
        }
    }

    /** Restores the oldest backup, that of before the first upgrade. */
    static RollbackResult restoreFirst(MigrationPlan plan) {
        var backups = plan.backups();
        return plan.restore(backups.get(backups.size() - 1));
    }
}
