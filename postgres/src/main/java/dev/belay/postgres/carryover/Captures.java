package dev.belay.postgres.carryover;

import dev.belay.backup.BackupFailedException;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.database.WriteCapture;
import dev.belay.postgres.connection.DatabaseUnreachableException;
import dev.belay.postgres.connection.internal.Connector;
import dev.belay.postgres.revision.SafeError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** By a replication slot where the server has one for this role, else by triggers. */
public final class Captures {
    private Captures() {}

    /**
     * Begins.
     *
     * @throws BackupFailedException when neither can be done; nothing is left behind
     */
    public static WriteCapture begin(Connector database, RunContext context) throws SQLException {
        try {
            return SlotCapture.begin(database, context);
        } catch (SQLException | DatabaseUnreachableException e) {
            context.cancellation().check();
            return byTriggers(database, context, e instanceof SQLException s ? SafeError.describe(s, "") : words(e));
        }
    }

    private static WriteCapture byTriggers(Connector database, RunContext context, String whyNoSlot)
            throws SQLException {
        try {
            return TriggerCapture.begin(database, context, whyNoSlot);
        } catch (SQLException e) {
            context.cancellation().check();
            String why = e.getClass() == SQLException.class ? words(e) : SafeError.describe(e, "");
            throw new BackupFailedException(
                    "The writes after the backup of " + database.location()
                            + " can't be captured: not by a replication slot ("
                            + whyNoSlot + "), and not by triggers (" + why
                            + "). Nothing was changed. A slot takes wal_level = logical, the plug-in test_decoding and a role that"
                            + " may replicate, triggers a role that owns the tables; or leave out carryOverWrites().",
                    e);
        }
    }

    /** Removes triggers that a killed run left behind; where somebody is in the way they do nothing any more, and the next run tries again. */
    public static void removeLeft(Database database, RunContext context) throws SQLException {
        try (Connection connection = database.connect()) {
            if (!WriteTriggers.areIn(connection)) {
                return;
            }
            List<String> left = WriteTriggers.remove(connection);
            context.note("An earlier run left triggers behind that captured writes. "
                    + (left.isEmpty()
                            ? "They are removed."
                            : "They do nothing any more, but could not be removed from " + String.join(", ", left)
                                    + ", as somebody held locks there for too long. The next run tries again."));
        }
    }

    /** The same in a database that nobody uses yet. */
    public static void removeFromCopy(Connection connection) throws SQLException {
        if (WriteTriggers.areIn(connection)) {
            WriteTriggers.removeAlone(connection);
        }
    }

    private static String words(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
