package dev.belay.postgres.carryover;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.database.WriteCapture;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.connection.internal.StoppedSession;
import dev.belay.postgres.revision.SafeError;
import dev.belay.postgres.snapshot.ReadOnly;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures by triggers, which write down each row in the transaction that writes it; for servers that have no logical replication slot to
 * give. What they wrote outlives a crash of either side, and so do they: the next run removes them.
 */
final class TriggerCapture implements WriteCapture {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerCapture.class);

    /** As for the slot: by its end the session is spared when others are ended. */
    private static final String PURPOSE = "capture";

    private static final int TRIES = 12;
    private static final int PATIENT_FROM = 4;
    private static final int PORTION = 2_000;

    private final PostgresEndpoint database;
    private final RunContext context;
    private final String whyNoSlot;
    private final Connection holder;
    private final Tally tally = new Tally();
    private Connection session;
    private String snapshot = "";
    private String seen = "";
    private Optional<Restored> into = Optional.empty();
    private boolean removed;

    private TriggerCapture(PostgresEndpoint database, RunContext context, String whyNoSlot) throws SQLException {
        this.database = database;
        this.context = context;
        this.whyNoSlot = whyNoSlot;
        this.session = open(database);
        this.holder = database.connect(PURPOSE);
    }

    /** Begins; when it fails nothing is left behind. */
    static TriggerCapture begin(PostgresEndpoint database, RunContext context, String whyNoSlot) throws SQLException {
        TriggerCapture capture = new TriggerCapture(database, context, whyNoSlot);
        try (Cancellation.Registration stop = StoppedSession.during(context.cancellation(), capture.session)) {
            capture.start();
            return capture;
        } catch (SQLException | RuntimeException e) {
            capture.close();
            throw e;
        }
    }

    private static Connection open(PostgresEndpoint database) throws SQLException {
        Connection connection = database.connect(PURPOSE);
        try (Statement statement = connection.createStatement()) {
            statement.execute(Settings.SQL);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void start() throws SQLException {
        requireNone(WriteTriggers.remove(session));
        for (int attempt = 1; !WriteTriggers.create(session, attempt >= PATIENT_FROM, this::take); attempt++) {
            context.cancellation().check();
            if (attempt == TRIES) {
                throw new SQLException(
                        "transactions that write to its tables, or a vacuum, were in the way for too long", "55P03");
            }
            WriteTriggers.pause(attempt);
        }
    }

    private static void requireNone(List<String> left) throws SQLException {
        if (!left.isEmpty()) {
            throw new SQLException("triggers of an earlier run are on " + String.join(", ", left), "55P03");
        }
    }

    private void take() throws SQLException {
        ReadOnly.begin(holder);
        try (Statement statement = holder.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
            row.next();
            snapshot = row.getString(1);
        }
    }

    @Override
    public String describe() {
        return "by triggers on its tables, as there is no replication slot to be had (" + whyNoSlot + ")";
    }

    @Override
    public String snapshot() {
        return snapshot;
    }

    @Override
    public void letGo() throws SQLException {
        holder.close();
    }

    @Override
    public long carry(Database restored) throws SQLException {
        if (into.isEmpty()) {
            into = Optional.of(new Restored(restored, tally));
        }
        if (!session.isValid(10)) {
            session.close();
            session = open(database);
        }
        try {
            return carry(into.get());
        } finally {
            into.get().settle(session);
        }
    }

    private long carry(Restored target) throws SQLException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute("SET LOCAL enable_nestloop = off"); // nobody has counted the rows yet
            String now;
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_current_snapshot()::text")) {
                row.next();
                now = row.getString(1);
            }
            String unseen = seen.isEmpty() ? "" : "WHERE NOT pg_catalog.pg_visible_in_snapshot(xid, '" + seen + "')";
            statement.setFetchSize(PORTION);
            long count;
            try (ResultSet rows = statement.executeQuery(Written.READ.formatted(unseen))) {
                count = carry(rows, target);
            }
            seen = now;
            return count;
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    private static long carry(ResultSet rows, Restored target) throws SQLException {
        long count = 0;
        String transaction = "";
        Succession order = new Succession();
        while (rows.next()) {
            Written written = Written.of(rows);
            if (count++ > 0 && !written.transaction().equals(transaction)) {
                target.commit();
                order = new Succession();
            }
            transaction = written.transaction();
            for (Change change : order.next(written)) {
                target.add(change);
            }
        }
        target.commit();
        return count;
    }

    @Override
    public List<String> finish(Database restored) throws SQLException {
        carry(restored);
        into.orElseThrow().finish();
        try {
            WriteTriggers.removeAlone(session);
            removed = true;
        } catch (SQLException e) {
            LOG.debug("The triggers could not be removed at once: SQLSTATE {}", SafeError.state(e));
        }
        close();
        return tally.lines();
    }

    @Override
    public void close() {
        try {
            holder.close();
            if (into.isPresent()) {
                into.get().close();
            }
            if (!removed) {
                remove();
            }
            session.close();
        } catch (SQLException | RuntimeException e) {
            context.note("What was left to capture writes may still be there: "
                    + (e instanceof SQLException s ? SafeError.describe(s, "") : String.valueOf(e.getMessage()))
                    + ". The next run removes it; until then the tables of schema belay grow with each write.");
        }
    }

    private void remove() throws SQLException {
        if (!session.isValid(10)) {
            session.close();
            session = open(database);
        }
        List<String> left = WriteTriggers.remove(session);
        removed = true;
        if (!left.isEmpty()) {
            context.note(
                    "The triggers that captured writes could not be removed from " + String.join(", ", left)
                            + ", as somebody held locks there for too long. They do nothing any more, and the next run removes them.");
        }
    }
}
