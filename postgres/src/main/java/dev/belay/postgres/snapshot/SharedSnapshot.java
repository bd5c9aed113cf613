package dev.belay.postgres.snapshot;

import dev.belay.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jooq.Record;

/**
 * A snapshot of a database that other sessions and pg_dump can take part in, as long as this is open.
 *
 * <p>It holds back the removal of dead rows by VACUUM for that time.
 */
public final class SharedSnapshot implements AutoCloseable {
    private final Connection connection;
    private final Database database;
    private final Facts facts;

    /**
     * What it is a snapshot of.
     *
     * @param id what other sessions pass to SET TRANSACTION SNAPSHOT
     * @param takenAt by the server's clock
     * @param serverVersion as in server_version_num
     * @param serverVersionName as in server_version
     * @param lsn the position in the log; empty where the role may not ask
     * @param databaseBytes the size on disk, with indexes
     */
    public record Facts(
            String id, Instant takenAt, int serverVersion, String serverVersionName, String lsn, long databaseBytes) {}

    private SharedSnapshot(Connection connection, Database database, Facts facts) {
        this.connection = connection;
        this.database = database;
        this.facts = facts;
    }

    /** Opens a connection and takes the snapshot. */
    public static SharedSnapshot of(Database database) throws SQLException {
        Connection connection = database.connect();
        try {
            ReadOnly.begin(connection);
            return new SharedSnapshot(connection, database, facts(connection));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** As {@link #of(Database)}, of a snapshot that another session has exported: what it sees is the same. */
    public static SharedSnapshot of(Database database, String exported) throws SQLException {
        Connection connection = database.connect();
        try {
            ReadOnly.begin(connection, exported);
            return new SharedSnapshot(connection, database, facts(connection));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Facts facts(Connection connection) {
        Record row = Jooq.on(connection).fetchSingle("""
                        SELECT pg_catalog.pg_export_snapshot() AS id, EXTRACT(EPOCH FROM pg_catalog.now())::float8 AS at,
                               pg_catalog.current_setting('server_version_num')::int AS version,
                               pg_catalog.current_setting('server_version') AS name,
                               CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                                    ELSE pg_catalog.pg_current_wal_lsn() END::text AS lsn,
                               pg_catalog.pg_database_size(pg_catalog.current_database()) AS bytes
                        """);
        double at = row.get("at", double.class);
        return new Facts(
                String.valueOf(row.get("id")),
                Instant.ofEpochMilli(Math.round(at * 1000)),
                row.get("version", int.class),
                String.valueOf(row.get("name")),
                String.valueOf(row.get("lsn")),
                row.get("bytes", long.class));
    }

    /** What it is a snapshot of. */
    public Facts facts() {
        return facts;
    }

    /** The session that took it; for one thread at a time. */
    public Connection connection() {
        return connection;
    }

    /** A further session that sees the same; the caller closes it. */
    public Connection join() throws SQLException {
        Connection joined = database.connect();
        try {
            ReadOnly.begin(joined, facts.id());
            return joined;
        } catch (SQLException | RuntimeException e) {
            joined.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
