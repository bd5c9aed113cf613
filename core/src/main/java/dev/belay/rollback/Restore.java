package dev.belay.rollback;

import dev.belay.backup.Backup;
import dev.belay.database.Database;
import dev.belay.rollback.RollbackResult.Method;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Back by restoring the backup beside the failed database and swapping the two. */
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
            kept = context.copies().swap(context.database(), restored, context);
        } catch (SQLException | RuntimeException e) {
            dropAfter(e, restored, context);
            throw e;
        }
        Map<String, Long> surplus = surplusOf(kept, context);
        return new RollbackResult(
                Method.RESTORE,
                true,
                Optional.of(kept.name()),
                surplus,
                "Restored from " + backup.location() + "; the failed database is kept as " + kept.name() + ".");
    }

    /** The swap is done: a count that fails must not turn a rollback that worked into one that didn't. */
    private static Map<String, Long> surplusOf(Database kept, RollbackContext context) {
        try {
            return context.surplus(kept, context.database());
        } catch (SQLException e) {
            context.note("The rows that only " + kept.name() + " has could not be counted: " + e.getMessage());
            return Map.of();
        }
    }

    private static void dropAfter(Exception failure, Database restored, RollbackContext context) {
        try {
            context.copies().drop(restored);
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public String describe() {
        return "restore";
    }
}
