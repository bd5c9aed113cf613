package dev.belay.rollback;

import dev.belay.backup.Backup;
import dev.belay.context.internal.Failures;
import dev.belay.database.Database;
import dev.belay.rollback.RollbackResult.Method;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Back by restoring a backup beside the database and swapping the two; until the swap the database is as it was. */
record Restore() implements RollbackStrategy {
    @Override
    public RollbackResult rollback(RollbackContext context) throws SQLException {
        Backup backup = context.backup()
                .orElseThrow(() -> new RollbackFailedException("There is no backup to restore: it was skipped."));
        Database restored = context.copies().create(context.database(), "restored", context);
        Database kept;
        try {
            context.restore(backup, restored);
            context.validate(restored);
            context.carryOver(context.database(), restored);
            context.cancellation().check();
            kept = context.swap(restored);
        } catch (SQLException | RuntimeException e) {
            dropAfter(e, restored, context);
            throw e;
        }
        return new RollbackResult(
                Method.RESTORE,
                true,
                Optional.of(kept.name()),
                surplusOf(kept, context),
                "Restored from " + backup.location() + "; the database that was there is kept as " + kept.name() + ".");
    }

    /** The swap is done: a count that fails, or is cancelled, must not turn a restore that worked into one that didn't. */
    private static Map<String, Long> surplusOf(Database kept, RollbackContext context) {
        try {
            return context.surplus(kept, context.database());
        } catch (SQLException | RuntimeException e) {
            context.note("The rows that only " + kept.name() + " has could not be counted: " + Failures.words(e));
            return Map.of();
        }
    }

    /** What failed before is told first: a scratch database that stays is only a note beside it. */
    private static void dropAfter(Exception failure, Database restored, RollbackContext context) {
        try {
            context.copies().drop(restored);
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
            context.note("The scratch database " + restored.name() + " could not be dropped: " + Failures.words(e)
                    + ". The next run drops it.");
        }
    }

    @Override
    public boolean mayRestore() {
        return true;
    }

    @Override
    public String describe() {
        return "restore";
    }
}
