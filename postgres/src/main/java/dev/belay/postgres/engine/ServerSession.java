package dev.belay.postgres.engine;

import dev.belay.context.Cancellation;
import dev.belay.engine.EngineContext;
import dev.belay.engine.RevisionFailedException;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.HistorySql;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.LeaseTable;
import dev.belay.postgres.revision.Place;
import dev.belay.postgres.revision.SafeError;
import dev.belay.postgres.revision.SqlLiteral;
import dev.belay.postgres.revision.StatementSender;
import dev.belay.postgres.run.RunLockException;
import dev.belay.revision.RevisionGraph;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session in which revisions run: its settings, its watch, and its end on the server when the run is cancelled. */
final class ServerSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);

    /** The server's timeout only comes after the run's own, whose message is the better one. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** How long the server keeps a transaction open for a client that fell silent after the run's time. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /** Tells triggers that capture the application's writes that this is none of them. */
    private static final String OWN = "belay.own";

    private final EngineContext context;
    private final HistoryTable history;
    private final RevisionGraph graph;
    private final Connection connection;
    private final PgConnection driver;
    private final Backend backend;
    private final ServerWatch watch;
    private final Canceller canceller;
    private final Cancellation.Registration registration;
    private final StatementSender sender;
    private String role = "none";
    private String searchPath = "";
    private String sessionsPath = "";
    private @Nullable ToolLock toolLock;
    private boolean checksClient;
    private boolean asked;
    private boolean proven;

    ServerSession(EngineContext context, HistoryTable history, RevisionGraph graph) throws SQLException {
        this.context = context;
        this.history = history;
        this.graph = graph;
        this.connection = context.database().connect();
        this.driver = connection.unwrap(PgConnection.class);
        this.backend = backend();
        this.canceller = new Canceller(context.database(), driver, backend.pid());
        this.watch = new ServerWatch(context, backend, driver);
        this.sender = new StatementSender(driver, watch);
        this.registration = context.cancellation().onCancel(canceller::cancel);
        try {
            readSettings();
            this.toolLock = toolLock();
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private ToolLock toolLock() throws SQLException {
        OptionalLong key = history.lock(driver);
        if (key.isPresent() && backend.shared()) {
            context.note("Sessions are shared by a pooler: the lock of the history table's own tool is not taken."
                    + " Don't start that tool meanwhile.");
            key = OptionalLong.empty();
        }
        return ToolLock.take(driver, key, context);
    }

    private Backend backend() throws SQLException {
        try {
            return Backend.of(context.database(), driver);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void readSettings() throws SQLException {
        String sql = "select pg_catalog.current_setting('role'), pg_catalog.current_setting('search_path'),"
                // since 14, and only where the operating system tells the server (docs, 20.3.2)
                + " pg_catalog.current_setting('server_version_num')::int >= 140000 and pg_catalog.version() ~* 'linux'";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            role = row.getString(1);
            sessionsPath = row.getString(2);
            searchPath = history.searchPath(sessionsPath);
            checksClient = row.getBoolean(3);
        }
    }

    /** Whether no other program that takes the lock of the history's own tool is at work. */
    boolean holdsToolsLock() {
        ToolLock held = toolLock;
        return held != null && held.held();
    }

    StatementSender sender() {
        return sender;
    }

    ServerWatch watch() {
        return watch;
    }

    HistoryTable history() {
        return history;
    }

    /** The revisions as they were when the route was found. */
    RevisionGraph graph() {
        return graph;
    }

    PgConnection driver() {
        return driver;
    }

    /**
     * Settings as they are before each revision, whatever the one before has left behind; answers with the server's time, in
     * seconds.
     */
    Place settings(String revision, boolean local) {
        // the time goes first: whoever queues this may ask for it
        String sql = "select cast(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) as pg_catalog.text), "
                + set("role", role, local) + ", " + set("search_path", searchPath, local) + ", "
                + set("lock_timeout", context.lockTimeout().toMillis() + "ms", local) + ", "
                + set("statement_timeout", statementTimeout().toMillis() + "ms", local) + ", "
                + set("idle_in_transaction_session_timeout", silence().toMillis() + "ms", local)
                + (checksClient ? ", " + set("client_connection_check_interval", "2s", local) : "") + ", "
                + set(OWN, "on", local);
        return Place.own(revision, "the settings of the session", sql);
    }

    /**
     * Settings for a statement outside a transaction. Where sessions are shared they would stay on a session that others get
     * next, so there are none: the watch ends the statement when it waits or runs for too long.
     */
    void settingsOutside(String revision) throws FailedStatement {
        if (backend.shared()) {
            sender.flush();
            watch.limitNext();
        } else {
            sender.run(settings(revision, false));
        }
    }

    private static String set(String name, String value, boolean local) {
        return "pg_catalog.set_config('" + name + "', " + SqlLiteral.text(value) + ", " + local + ")";
    }

    private Duration statementTimeout() {
        Duration own = context.statementTimeout();
        Duration run = context.cancellation()
                .remaining()
                .map(left -> left.plus(MARGIN))
                .orElse(Duration.ZERO);
        if (own.isZero() || run.isZero()) {
            return own.isZero() ? run : own;
        }
        return own.compareTo(run) < 0 ? own : run;
    }

    private Duration silence() {
        return context.cancellation()
                .remaining()
                .map(left -> left.plus(SILENCE))
                .orElse(Duration.ZERO);
    }

    void autocommit(boolean on) {
        asked = false;
        proven = false;
        try {
            driver.setAutoCommit(on);
        } catch (SQLException e) {
            throw lost("", e);
        }
    }

    /** Queues what makes Belay's tables, where they are not there. */
    void ensureTables(String revision) throws FailedStatement {
        try {
            if (!history.exists(driver)) {
                create(revision, history.create());
            }
        } catch (SQLException e) {
            throw new FailedStatement(Place.own(revision, "looking for the tables of the history", ""), e);
        }
    }

    /** Queues what makes the table of what is under way. */
    void ensureProgress(String revision) throws FailedStatement {
        create(revision, HistorySql.createProgress());
    }

    private void create(String revision, List<String> statements) throws FailedStatement {
        boolean schema = schemaExists();
        for (String sql : statements) {
            // CREATE SCHEMA asks for a privilege on the database even when there is nothing to create
            if (!schema || !sql.startsWith("create schema")) {
                sender.queue(Place.own(revision, "making the tables of the history", sql));
            }
        }
    }

    private boolean schemaExists() throws FailedStatement {
        String sql = "select pg_catalog.to_regnamespace('belay') is not null";
        try (Statement statement = driver.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw new FailedStatement(Place.own("", "looking for schema belay", sql), e);
        }
    }

    /**
     * Queues the proof that this run is still the one that may write the history. Its row stays locked until the transaction
     * ends, so that another run can't begin before; once for each transaction is enough.
     */
    void proveToken(String revision) throws FailedStatement {
        if (!asked && context.fencingToken().isPresent()) {
            asked = true;
            String sql = LeaseTable.prove(context.fencingToken().getAsLong());
            sender.queue(Place.own(revision, "proving the lock of the run", sql), found -> proven = true);
        }
    }

    /** Queues a mark for who reads the log: this transaction is a run's own, though it writes nothing to schema belay. */
    void markOwn(String revision) throws FailedStatement {
        if (history.isPartOfSchema()) {
            sender.queue(Place.own(
                    revision,
                    "marking the transaction",
                    "select pg_catalog.pg_logical_emit_message(true, 'belay', '')::text"));
        }
    }

    /** Commits when the run still may. */
    void commit(String revision) throws FailedStatement {
        proveToken(revision);
        sender.flush();
        if (asked && !proven) {
            throw RunLockException.overtaken(context.database().location());
        }
        context.checkLock();
        context.cancellation().check();
        try {
            driver.commit();
            asked = false;
            proven = false;
        } catch (SQLException e) {
            throw new FailedStatement(Place.own(revision, "the commit", "commit"), e);
        }
    }

    /** Rolls back; true when the server confirmed it. */
    boolean rollback() {
        sender.discard();
        asked = false;
        proven = false;
        try {
            if (!driver.isClosed() && !driver.getAutoCommit()) {
                driver.rollback();
            }
            return !driver.isClosed();
        } catch (SQLException e) {
            LOG.debug("The rollback got no answer, SQLSTATE {}: the server rolls back by itself", SafeError.state(e));
            return false;
        }
    }

    RevisionFailedException lost(String revision, SQLException e) {
        return new RevisionFailedException(
                revision,
                "The session in which the revisions run was lost: " + SafeError.describe(e, "")
                        + ". What was not committed is rolled back by the server. Run the same command again.",
                SafeError.sanitized(e, ""));
    }

    /** Leaves nothing running on the server. */
    @Override
    public void close() {
        registration.close();
        boolean confirmed = rollback();
        if (confirmed) {
            restore();
        }
        if (!confirmed && !canceller.isOver()) {
            context.note(backend + " may still be at work on the server.");
        }
        canceller.sessionIsQuiet();
        watch.close();
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The connection did not close cleanly: SQLSTATE {}", SafeError.state(e));
        }
    }

    /** A pooled connection goes back as it came. */
    private void restore() {
        try {
            driver.setAutoCommit(true);
            if (connection != driver) {
                ToolLock held = toolLock;
                if (held != null) {
                    held.release();
                }
                try (Statement statement = driver.createStatement()) {
                    statement.execute(
                            "select " + set("role", role, false) + ", " + set("search_path", sessionsPath, false));
                    statement.execute("reset lock_timeout; reset statement_timeout;"
                            + " reset idle_in_transaction_session_timeout"
                            + (checksClient ? "; reset client_connection_check_interval" : "") + "; reset " + OWN);
                }
            }
        } catch (SQLException e) {
            LOG.debug("The session's settings were not taken back: SQLSTATE {}", SafeError.state(e));
        }
    }
}
