package dev.belay.postgres;

import dev.belay.backup.BackupStrategy;
import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.AuditTrail;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.Journal;
import dev.belay.database.Observations;
import dev.belay.database.RunLock;
import dev.belay.database.SampleData;
import dev.belay.database.WriteCapture;
import dev.belay.engine.EngineSource;
import dev.belay.engine.MigrationEngine;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.backup.SchemaCopy;
import dev.belay.postgres.carryover.Captures;
import dev.belay.postgres.connection.DatabaseUnreachableException;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.connection.internal.Connector;
import dev.belay.postgres.connection.internal.DataSources;
import dev.belay.postgres.connection.internal.StoppedSession;
import dev.belay.postgres.connection.internal.Surroundings;
import dev.belay.postgres.copies.PostgresCopies;
import dev.belay.postgres.copies.internal.Closed;
import dev.belay.postgres.engine.BelayEngine;
import dev.belay.postgres.observation.PostgresObservations;
import dev.belay.postgres.preflight.PostgresPreflight;
import dev.belay.postgres.run.PostgresAuditTrail;
import dev.belay.postgres.run.PostgresJournal;
import dev.belay.postgres.run.RunLocks;
import dev.belay.postgres.sample.EmptyTables;
import dev.belay.postgres.testrun.RestoredCopy;
import dev.belay.revision.RevisionSource;
import dev.belay.run.FirstLook;
import dev.belay.run.Platform;
import dev.belay.run.Preflight;
import dev.belay.testrun.TestRunStrategy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A PostgreSQL database, version 14 or later: where it is and who connects to it.
 *
 * <p>Two kinds of URL are understood. JDBC's, {@code jdbc:postgresql://host:port/database?user=...&sslmode=...}, with pgjdbc's
 * parameters; and libpq's, {@code postgresql://user:password@host:port/database?sslmode=...}, with libpq's. In both,
 * characters that have a meaning in a URL are percent-encoded. Several hosts may be named, separated by commas. A Unix socket
 * is named in libpq's form, {@code postgresql:///database?host=/run/postgresql}, and needs junixsocket on the class path.
 *
 * <p>Making one opens no connection. Connections wait at most 10 seconds for each host unless the URL says otherwise, and
 * are shown by the server under application names that start with {@code belay}. Immutable and thread-safe;
 * {@link #toString} never shows the password.
 *
 * @since 0.1
 */
public final class PostgresDatabase implements PostgresEndpoint, Platform {
    private final Connector connector;

    private PostgresDatabase(Connector connector) {
        this.connector = connector;
    }

    /**
     * The database of a URL; nothing is taken from the environment.
     *
     * @param url of either kind
     * @param user the user's name; when empty, the URL's
     * @param password the password; when empty, the URL's or none
     * @throws dev.belay.postgres.connection.InvalidDatabaseUrlException when the URL doesn't name a database
     */
    public static PostgresDatabase at(String url, String user, String password) {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        return new PostgresDatabase(Connector.at(url, user, password, Map.of()));
    }

    /**
     * The database of a URL. What it leaves out is taken from the environment as libpq does: {@code PGUSER}, then the name of
     * the operating system's user; {@code PGPASSWORD}, then {@code POSTGRES_PASSWORD}, then the password file ({@code PGPASSFILE},
     * else {@code ~/.pgpass}, ignored when others may read it).
     *
     * @param url of either kind
     * @throws dev.belay.postgres.connection.InvalidDatabaseUrlException when the URL doesn't name a database, or has a
     *     parameter that isn't known
     */
    public static PostgresDatabase at(String url) {
        Objects.requireNonNull(url, "url");
        return new PostgresDatabase(Connector.at(url, Optional.empty(), Surroundings.ofThisProcess()));
    }

    /**
     * As {@link #at(String)}, for a URL that names no user.
     *
     * @param user the user's name
     * @throws dev.belay.postgres.connection.InvalidDatabaseUrlException also when the URL names another one
     */
    public static PostgresDatabase at(String url, String user) {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        return new PostgresDatabase(Connector.at(url, Optional.of(user), Surroundings.ofThisProcess()));
    }

    /**
     * The database that the environment names: {@code DATABASE_URL}, else libpq's variables ({@code PGHOST}, {@code PGPORT},
     * {@code PGUSER}, {@code PGDATABASE}, {@code PGSSLMODE} ...). The password is found as in {@link #at(String)}.
     *
     * @throws dev.belay.postgres.connection.InvalidDatabaseUrlException when it names none
     */
    public static PostgresDatabase fromEnvironment() {
        return new PostgresDatabase(Connector.fromEnvironment(Surroundings.ofThisProcess()));
    }

    /**
     * The database of a HikariDataSource or of one of pgjdbc's data sources. Only its settings are taken: Belay opens its own
     * connections, since pg_dump and pg_restore can't use a pool's. HikariCP is an optional dependency of Belay's.
     *
     * @throws dev.belay.postgres.connection.InvalidDatabaseUrlException when it is of another kind
     */
    public static PostgresDatabase of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new PostgresDatabase(DataSources.connector(dataSource));
    }

    @Override
    public String name() {
        return connector.name();
    }

    @Override
    public String location() {
        return connector.location();
    }

    /** {@inheritDoc} The server shows it as {@code belay}. */
    @Override
    public Connection connect() {
        return connect("");
    }

    @Override
    public Connection connect(Cancellation cancellation) {
        return StoppedSession.with(cancellation, connect());
    }

    @Override
    public Connection connect(String purpose) {
        try {
            return connector.connect(purpose);
        } catch (DatabaseUnreachableException e) {
            if (!Closed.isOpenedAgain(connector, e)) {
                throw e;
            }
            return connector.connect(purpose);
        }
    }

    @Override
    public Map<String, String> clientEnvironment() {
        return connector.clientEnvironment();
    }

    @Override
    public PostgresDatabase named(String name) {
        Objects.requireNonNull(name, "name");
        return new PostgresDatabase(connector.named(name));
    }

    @Override
    public MigrationEngine engine(RevisionSource revisions) {
        return revisions instanceof EngineSource tool ? tool.engine(this) : BelayEngine.of(revisions, this);
    }

    @Override
    public FirstLook look(MigrationEngine engine) throws SQLException {
        return engine instanceof BelayEngine own ? own.look(this) : Platform.super.look(engine);
    }

    @Override
    public Preflight preflight() {
        return new PostgresPreflight();
    }

    /** {@inheritDoc} By pg_dump, into the directory {@code backups}. */
    @Override
    public BackupStrategy defaultBackup() {
        return PgDump.into(Path.of("backups"));
    }

    /** {@inheritDoc} On the restored backup. */
    @Override
    public TestRunStrategy defaultTestRun() {
        return RestoredCopy.ofTheBackup();
    }

    @Override
    public Copies copies() {
        return new PostgresCopies();
    }

    @Override
    public Observations observations() {
        return new PostgresObservations();
    }

    @Override
    public void copySchema(Database into, RunContext context) {
        SchemaCopy.of(this, into, context);
    }

    @Override
    public SampleData sampleData() {
        return new EmptyTables();
    }

    /**
     * {@inheritDoc} By a temporary replication slot, where there is {@code wal_level = logical}, the plug-in {@code test_decoding} (of
     * PostgreSQL's contrib), a role that may replicate, and a free one of {@code max_replication_slots}. It begins when all
     * transactions under way have ended. The server keeps its log as long as the run lasts. Gone by itself when the session ends.
     *
     * <p>Else by triggers on all tables, which write down in {@code belay.written} what is written; needs a role that owns the tables. For
     * an instant, at the begin, writers wait. Removed at the end, and after a crash by {@link #removeCaptures}.
     *
     * <p>Limitations:
     * <ul>
     *   <li>with a slot, an UPDATE or DELETE in a table without a primary key or another replica identity can't be carried over;
     *   <li>with a slot, an UPDATE carries the whole row, also what the migration had changed in it before, except where the table's
     *       replica identity is FULL;
     *   <li>with a slot, what DO, CALL and Java code of a revision write outside a transaction is taken for an application's, and with
     *       triggers only behind a pooler that shares sessions;
     *   <li>large objects and changes of the schema are not carried over; unlogged tables only with triggers, and tables of extensions only
     *       with a slot.
     * </ul>
     */
    @Override
    public Optional<WriteCapture> captureWrites(RunContext context) throws SQLException {
        return Optional.of(Captures.begin(connector, context));
    }

    @Override
    public void removeCaptures(Database through, RunContext context) throws SQLException {
        Captures.removeLeft(through, context);
    }

    @Override
    public Journal journal() {
        return new PostgresJournal();
    }

    @Override
    public AuditTrail auditTrail() {
        return new PostgresAuditTrail();
    }

    @Override
    public Optional<RunLock> lock(RunContext context, Need need) {
        return RunLocks.await(this, context, need);
    }

    @Override
    public Optional<RunLock> tryLock(RunContext context) {
        return RunLocks.tryOnce(this, context);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PostgresDatabase database && database.connector.equals(connector);
    }

    @Override
    public int hashCode() {
        return connector.hashCode();
    }

    /** User, host, port and name; never the password. */
    @Override
    public String toString() {
        return connector.toString();
    }
}
