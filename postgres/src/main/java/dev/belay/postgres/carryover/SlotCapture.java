package dev.belay.postgres.carryover;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.database.WriteCapture;
import dev.belay.postgres.connection.internal.Connector;
import dev.belay.postgres.connection.internal.StoppedSession;
import dev.belay.postgres.revision.SafeError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures by a temporary logical replication slot, which the server drops with its session: after a crash none is left to keep
 * its log for ever. The same session, in the simple protocol, reads the changes by SQL, so that the server filters them and keeps
 * what is not yet fetched.
 */
final class SlotCapture implements WriteCapture {
    private static final Logger LOG = LoggerFactory.getLogger(SlotCapture.class);

    /** The application name's end, by which the session is spared when others are ended. */
    private static final String PURPOSE = "capture";

    private static final int PORTION = 5_000;

    private final Connection session;
    private final String slot;
    private final String snapshot;
    private final Tally tally = new Tally();
    private Optional<Restored> into = Optional.empty();

    private SlotCapture(Connection session, String slot, String snapshot) {
        this.session = session;
        this.slot = slot;
        this.snapshot = snapshot;
    }

    /**
     * Begins.
     *
     * @throws SQLException when the server has no such slot for this role
     * @throws dev.belay.postgres.connection.DatabaseUnreachableException when it lets this role open no session for it
     */
    static SlotCapture begin(Connector database, RunContext context) throws SQLException {
        String slot = "belay_" + context.runId().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        Connection session = database.connectToReplicate(PURPOSE);
        try (Cancellation.Registration stop = StoppedSession.during(context.cancellation(), session);
                Statement statement = session.createStatement()) {
            for (String sql : Settings.SQL.split("\n")) {
                statement.execute(sql);
            }
            try (ResultSet row = statement.executeQuery(
                    "CREATE_REPLICATION_SLOT " + slot + " TEMPORARY LOGICAL test_decoding EXPORT_SNAPSHOT")) {
                row.next();
                return new SlotCapture(session, slot, row.getString("snapshot_name"));
            }
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public String describe() {
        return "by the temporary replication slot " + slot;
    }

    @Override
    public String snapshot() {
        return snapshot;
    }

    /** Its transaction would keep a concurrent index build waiting; the next command ends it. */
    @Override
    public void letGo() throws SQLException {
        execute("SELECT 1");
    }

    @Override
    public long carry(Database restored) throws SQLException {
        if (into.isEmpty()) {
            into = Optional.of(new Restored(restored, tally));
        }
        try {
            return carry(into.get());
        } finally {
            // also when a change can't be read any more: the rows that were carried over have numbers that must not
            // come again
            into.get().settle(session);
        }
    }

    private long carry(Restored target) throws SQLException {
        long count = 0;
        execute("BEGIN");
        execute(changes());
        try (Statement statement = session.createStatement()) {
            boolean more = true;
            while (more) {
                more = false;
                try (ResultSet rows = statement.executeQuery("FETCH " + PORTION + " FROM changes")) {
                    while (rows.next()) {
                        more = true;
                        count += take(rows.getString(1), target);
                    }
                }
            }
        }
        execute("COMMIT");
        return count;
    }

    /**
     * A transaction that wrote to schema belay is a run's own: its history and its progress are in the transaction of the change.
     * Where the history is another tool's, a message in the transaction says the same.
     */
    private String changes() {
        return """
                DECLARE changes NO SCROLL CURSOR FOR
                WITH c AS MATERIALIZED (
                    SELECT pg_catalog.row_number() OVER () AS n, xid, data FROM pg_catalog.pg_logical_slot_get_changes(
                        '%s', NULL, NULL, 'include-xids', '0', 'skip-empty-xacts', '1'))
                SELECT data FROM c
                WHERE data NOT LIKE 'message:%%' AND data NOT LIKE 'BEGIN%%'
                  AND xid::text <> ALL (ARRAY(SELECT o.xid::text FROM c o WHERE o.data LIKE 'table belay.%%'
                                  OR o.data LIKE 'message: transactional: 1 prefix: belay,%%'))
                ORDER BY n
                """.formatted(slot);
    }

    private static int take(String line, Restored target) throws SQLException {
        if (line.startsWith("COMMIT")) {
            target.commit();
            return 0;
        }
        Optional<Change> change = Decoded.read(line);
        if (change.isPresent()) {
            target.add(change.get());
        }
        return change.isPresent() ? 1 : 0;
    }

    @Override
    public List<String> finish(Database restored) throws SQLException {
        // a transaction that was acknowledged before its log was on the disk is decoded only after a durable one behind
        // it
        execute("SET synchronous_commit = local"); // whatever the server's default is
        execute("SELECT pg_catalog.pg_logical_emit_message(true, 'belay', '')");
        carry(restored);
        into.orElseThrow().finish();
        close();
        return tally.lines();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            if (into.isPresent()) {
                into.get().close();
            }
            session.close();
        } catch (SQLException e) {
            LOG.debug("A session of the capture did not close cleanly: SQLSTATE {}", SafeError.state(e));
        }
    }
}
