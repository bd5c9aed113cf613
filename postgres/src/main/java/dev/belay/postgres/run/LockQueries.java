package dev.belay.postgres.run;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.zip.CRC32;

/** The statements about the lock. Its key is Belay's number and one made of the database's name. */
final class LockQueries {
    /** "BELA"; shown by pg_locks as classid. */
    private static final int SPACE = 0x42454C41;

    // With idle_session_timeout the server would end the session that holds the lock.
    private static final String TRY =
            "SELECT set_config('idle_session_timeout', '0', false), pg_try_advisory_lock(?, ?)";

    // objsubid 2 marks a key of two numbers: see pg_locks in PostgreSQL's documentation.
    private static final String GRANTED = """
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted
              AND l.classid = ?::bigint::oid AND l.objid = ?::bigint::oid
            """;

    private static final String HELD =
            GRANTED + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private static final String WHO = """
            SELECT coalesce(nullif(a.application_name, ''), 'an unnamed program')
                   || ', host ' || coalesce(host(a.client_addr), 'local')
                   || ', pid ' || l.pid
                   || coalesce(', since ' || to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZH:TZM'), '')
            """;

    private static final String HOLDER = WHO + HELD;

    /** Wherever the lock may be: in the maintenance database, or in the migrated one. */
    private static final String HOLDER_ANYWHERE = WHO + GRANTED
            + " AND l.database IN (SELECT oid FROM pg_database WHERE datname IN ('postgres', current_database()))";

    private static final String MINE =
            "SELECT pg_backend_pid(), EXISTS (SELECT " + HELD + " AND l.pid = pg_backend_pid())";

    private final int key;

    LockQueries(String database) {
        CRC32 sum = new CRC32();
        sum.update(database.getBytes(StandardCharsets.UTF_8));
        this.key = (int) sum.getValue();
    }

    boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRY)) {
            statement.setInt(1, SPACE);
            statement.setInt(2, key);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(2);
            }
        }
    }

    Optional<String> holder(Connection connection) throws SQLException {
        return holder(connection, HOLDER);
    }

    /** Seen from the migrated database. */
    Optional<String> holderAnywhere(Connection connection) throws SQLException {
        return holder(connection, HOLDER_ANYWHERE);
    }

    private Optional<String> holder(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    boolean isHeldBy(Connection connection, int pid) throws SQLException {
        try (PreparedStatement statement = prepared(connection, MINE);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1) == pid && row.getBoolean(2);
        }
    }

    private PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setLong(1, Integer.toUnsignedLong(SPACE));
        statement.setLong(2, Integer.toUnsignedLong(key));
        return statement;
    }
}
