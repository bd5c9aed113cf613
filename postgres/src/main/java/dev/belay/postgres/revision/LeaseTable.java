package dev.belay.postgres.revision;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The one row of {@code belay.lease}: which run may write the history of this database.
 *
 * <p>Whoever gets the lock counts the token up; whoever writes the history locks the row of its token for as long as its
 * transaction lasts ({@link #prove}). The token is the row's key, so that the two exclude each other, while a heartbeat,
 * which leaves the key alone, passes by both (PostgreSQL docs, 13.3.2, FOR KEY SHARE and FOR NO KEY UPDATE).
 *
 * <p>No clock decides anything: a holder that must show that it lives counts {@code beat} up, and who waits looks whether
 * the number changes. The times are for readers.
 */
public final class LeaseTable {
    /** undefined_table and invalid_schema_name. */
    private static final Set<String> MISSING = Set.of("42P01", "3F000");

    private static final String UNIQUE_VIOLATION = "23505";
    /** Also duplicate_table and duplicate_schema: another session made it in the same instant. */
    private static final Set<String> MADE_MEANWHILE = Set.of("42P07", "42P06", UNIQUE_VIOLATION);

    private static final String NOT_ALLOWED = "42501";

    private static final List<String> CREATE = List.of(
            "create schema if not exists belay",
            """
            create table if not exists belay.lease (
                token bigint primary key,
                singleton boolean not null default true unique check (singleton),
                run_id text not null,
                holder text not null,
                held boolean not null,
                beating boolean not null,
                beat bigint not null,
                since timestamptz not null,
                beat_at timestamptz not null
            )""",
            "comment on table belay.lease is 'Which run of Belay may write the history: the one with this token'");

    private static final String READ = """
            select token, beat, held, beating, holder || ', run ' || run_id || ', since '
                   || pg_catalog.to_char(since, 'YYYY-MM-DD HH24:MI:SS TZH:TZM')
            from belay.lease""";

    private static final String TAKE = """
            insert into belay.lease as l (token, run_id, holder, held, beating, beat, since, beat_at)
            values (? + 1, ?, ?, true, ?, 0, pg_catalog.clock_timestamp(), pg_catalog.clock_timestamp())
            on conflict (singleton) do update
            set token = l.token + 1, run_id = excluded.run_id, holder = excluded.holder, held = true,
                beating = excluded.beating, beat = 0, since = excluded.since, beat_at = excluded.beat_at
            where l.token = ? and l.beat = ? or ? and not (l.held and l.beating)
            returning token""";

    private static final String BEAT = "update belay.lease set beat = beat + 1,"
            + " beat_at = pg_catalog.clock_timestamp() where token = ? and held";

    private static final String RELEASE = "update belay.lease set held = false where token = ?";

    /**
     * The table may have to be made; and ON CONFLICT looks at one constraint alone: of two that make the first row in the same instant
     * the slower one violates the other. Then the row is there.
     */
    private static final int MOST_ATTEMPTS = 3;

    private static final int COLUMNS = 8;

    private static final String READ_WHOLE = """
            select cast(token as text), run_id, holder, cast(held as text), cast(beating as text), cast(beat as text),
                   cast(since as text), cast(beat_at as text)
            from belay.lease""";

    private static final String WRITE_WHOLE = """
            insert into belay.lease (token, run_id, holder, held, beating, beat, since, beat_at)
            values (cast(? as bigint), ?, ?, cast(? as boolean), cast(? as boolean), cast(? as bigint),
                    cast(? as timestamptz), cast(? as timestamptz))""";

    /**
     * The row as it was seen.
     *
     * @param token the number of the latest holder; 0 when there never was one
     * @param beat counted up by a holder that lives
     * @param held whether it was not given back
     * @param beating whether the holder counts; else it has a session lock, which tells whether it lives
     * @param holder who and since when, for people
     */
    public record Row(long token, long beat, boolean held, boolean beating, String holder) {
        /** Nobody ever held it. */
        public static final Row NONE = new Row(0, 0, false, false, "");

        /** Whether a holder has to show by its beats that it lives. */
        public boolean isHeldByBeats() {
            return held && beating;
        }
    }

    private LeaseTable() {}

    /** The row; {@link Row#NONE} where there is no table yet. */
    public static Row read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ)) {
            return row.next()
                    ? new Row(row.getLong(1), row.getLong(2), row.getBoolean(3), row.getBoolean(4), row.getString(5))
                    : Row.NONE;
        } catch (SQLException e) {
            if (MISSING.contains(e.getSQLState())) {
                return Row.NONE;
            }
            throw e;
        }
    }

    /**
     * Counts the token up, when the row still is what was seen; makes the table where it is missing. Waits up to 2 s for a
     * history write of the holder before, and fails with 55P03 then. The connection is in autocommit before and after.
     *
     * @param orFree whether any state will do in which no holder has to show that it lives
     * @return the token; empty when another was quicker
     */
    public static OptionalLong take(
            Connection connection, Row seen, String run, String holder, boolean beating, boolean orFree)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return tryTake(connection, seen, run, holder, beating, orFree);
            } catch (SQLException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                if (MISSING.contains(e.getSQLState())) {
                    create(connection);
                } else if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    private static OptionalLong tryTake(
            Connection connection, Row seen, String run, String holder, boolean beating, boolean orFree)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement limit = connection.createStatement();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            limit.execute("set local lock_timeout = '2s'");
            take.setLong(1, seen.token());
            take.setString(2, run);
            take.setString(3, holder);
            take.setBoolean(4, beating);
            take.setLong(5, seen.token());
            take.setLong(6, seen.beat());
            take.setBoolean(7, orFree);
            OptionalLong token = OptionalLong.empty();
            try (ResultSet row = take.executeQuery()) {
                if (row.next()) {
                    token = OptionalLong.of(row.getLong(1));
                }
            }
            connection.commit();
            return token;
        } finally {
            // harmless after the commit
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Shows that the holder lives; false when it no longer is the holder. */
    public static boolean beat(Connection connection, long token) throws SQLException {
        return update(connection, BEAT, token);
    }

    /** Gives the lease back, if it still is this holder's. */
    public static void release(Connection connection, long token) throws SQLException {
        update(connection, RELEASE, token);
    }

    private static boolean update(Connection connection, String sql, long token) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, token);
            return statement.executeUpdate() == 1;
        }
    }

    /** Whether this is still the latest token. */
    public static boolean isLatest(Connection connection, long token) throws SQLException {
        return read(connection).token() == token;
    }

    /** The statement that finds the token as text, and until the end of its transaction keeps others from counting it up. */
    public static String prove(long token) {
        return "select cast(token as pg_catalog.text) from belay.lease where token = " + token + " for key share";
    }

    /** Puts the row of one database in the place of another's, so that a database swapped in goes on where the other was. */
    public static void carryOver(Connection from, Connection into) throws SQLException {
        Row row = read(from);
        if (row.equals(Row.NONE)) {
            return;
        }
        create(into);
        into.setAutoCommit(false);
        try (Statement reading = from.createStatement();
                ResultSet found = reading.executeQuery(READ_WHOLE);
                Statement clearing = into.createStatement();
                PreparedStatement writing = into.prepareStatement(WRITE_WHOLE)) {
            clearing.execute("delete from belay.lease");
            while (found.next()) {
                for (int column = 1; column <= COLUMNS; column++) {
                    writing.setString(column, found.getString(column));
                }
                writing.execute();
            }
            into.commit();
        } finally {
            into.rollback();
            into.setAutoCommit(true);
        }
    }

    private static void create(Connection connection) throws SQLException {
        for (String sql : CREATE) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                // the schema may be there already: making it asks for a privilege even then, and the table tells
                boolean refused = sql.startsWith("create schema") && NOT_ALLOWED.equals(e.getSQLState());
                if (!refused && !MADE_MEANWHILE.contains(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }
}
