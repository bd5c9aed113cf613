package dev.belay.postgres.carryover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Triggers that write down what is written to the tables of a database, into {@code belay.written}.
 *
 * <p>They fire whatever session_replication_role is, and as their owner, so that an application needs no right on schema belay.
 * A session of Belay's that changes the database says so by the setting {@code belay.own}, and is left out.
 */
final class WriteTriggers {
    /** lock_not_available, deadlock_detected, query_canceled (by a timeout), and a table that is gone meanwhile. */
    private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01", "57014", "42P01");

    private static final int PASSES = 8;
    private static final long PAUSE_MILLIS = 400;

    /**
     * Of equal events the trigger with the first name fires first (PostgreSQL docs, 39.1), and before the server's own of foreign keys:
     * what other triggers write to the same row comes after it.
     */
    private static final String ROWS = "!belay rows";

    private static final String TRUNCATE = "!belay truncate";

    /** Ordinary tables, and partitions instead of the table that they are of; what an extension made is not in a backup. */
    private static final String TABLES = """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'belay')
              AND n.nspname !~ '^pg_toast'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                              AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY c.oid
            """;

    private static final String LOCK = """
            DO $belay$
            DECLARE
                names text;
            BEGIN
                SELECT pg_catalog.string_agg('ONLY ' || t.name, ', ') INTO names FROM (%s) t;
                IF names IS NOT NULL THEN
                    EXECUTE 'LOCK TABLE ' || names || ' IN SHARE ROW EXCLUSIVE MODE';
                END IF;
            END $belay$
            """.formatted(TABLES);

    /**
     * Who waits for us is only ended as the victim of a deadlock after deadlock_timeout; a vacuum that is in the way gives way only then,
     * and so the later attempts wait longer.
     */
    private static final String LIMIT = """
            SELECT pg_catalog.set_config(t, (setting::int * %s)::bigint::text, true)
            FROM pg_catalog.unnest('{statement_timeout,lock_timeout}'::text[]) t, pg_catalog.pg_settings WHERE name = 'deadlock_timeout'
            """;

    private static final String NO_LIMIT = "SET LOCAL statement_timeout = 0";

    private static final String STORE = """
            DO $belay$ BEGIN
                IF pg_catalog.to_regnamespace('belay') IS NULL THEN
                    CREATE SCHEMA belay;
                END IF;
            END $belay$;
            CREATE TABLE belay.written (
                seq bigint GENERATED ALWAYS AS IDENTITY,
                xid xid8 NOT NULL DEFAULT pg_catalog.pg_current_xact_id(),
                relation text NOT NULL,
                op text NOT NULL,
                columns text[],
                was tid,
                before text,
                became tid,
                after text
            );
            COMMENT ON TABLE belay.written IS 'What is written while a run of Belay is under way; gone when it ends'
            """;

    /**
     * A row's text is made by its types' own output functions and by no cast, as one that the owner of a table makes would run with the
     * rights of this function's owner.
     */
    private static final String FUNCTION = """
            CREATE OR REPLACE FUNCTION belay.write_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
                SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET bytea_output = 'hex' SET DateStyle = 'ISO, YMD'
                SET IntervalStyle = 'postgres' SET TimeZone = 'UTC' SET lc_monetary = 'C' AS $belay$
            BEGIN
                IF TG_OP = 'TRUNCATE' THEN
                    INSERT INTO belay.written (relation, op) VALUES (TG_ARGV[0], TG_OP);
                    RETURN NULL;
                END IF;
                INSERT INTO belay.written (relation, op, columns, was, before, became, after)
                SELECT TG_ARGV[0], TG_OP,
                       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(a.attname) ORDER BY a.attnum)
                        FROM pg_catalog.pg_attribute a WHERE a.attrelid = TG_RELID AND a.attnum > 0 AND NOT a.attisdropped),
                       CASE WHEN TG_OP <> 'INSERT' THEN OLD.ctid END,
                       CASE WHEN TG_OP <> 'INSERT' THEN pg_catalog.textin(pg_catalog.record_out(OLD)) END,
                       CASE WHEN TG_OP <> 'DELETE' THEN NEW.ctid END,
                       CASE WHEN TG_OP <> 'DELETE' THEN pg_catalog.textin(pg_catalog.record_out(NEW)) END;
                RETURN NULL;
            END $belay$;
            REVOKE ALL ON FUNCTION belay.write_down() FROM PUBLIC
            """;

    private static final String CREATE = """
            DO $belay$
            DECLARE
                t record;
                rest CONSTANT text :=
                    'WHEN (pg_catalog.current_setting(''belay.own'', true) IS DISTINCT FROM ''on'') EXECUTE FUNCTION belay.write_down';
            BEGIN
                FOR t IN %1$s LOOP
                    EXECUTE pg_catalog.format('CREATE TRIGGER %%I AFTER INSERT OR UPDATE OR DELETE ON %%s FOR EACH ROW %%s(%%L)',
                                              '%2$s', t.name, rest, t.name);
                    EXECUTE pg_catalog.format('CREATE TRIGGER %%I AFTER TRUNCATE ON %%s FOR EACH STATEMENT %%s(%%L)',
                                              '%3$s', t.name, rest, t.name);
                    EXECUTE pg_catalog.format('ALTER TABLE ONLY %%s ENABLE ALWAYS TRIGGER %%I, ENABLE ALWAYS TRIGGER %%I',
                                              t.name, '%2$s', '%3$s');
                END LOOP;
            END $belay$
            """.formatted(TABLES, ROWS, TRUNCATE);

    /** Beyond the function, whose old body goes on where a statement is already at it, nothing is needed that could be missing. */
    private static final String SILENCE = """
            CREATE OR REPLACE FUNCTION belay.write_down() RETURNS trigger LANGUAGE plpgsql AS $belay$ BEGIN RETURN NULL; END $belay$
            """;

    private static final String IS_THERE = """
            SELECT pg_catalog.to_regprocedure('belay.write_down()') IS NOT NULL
            """;

    private static final String LEFT = """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.quote_ident(t.tgname)
            FROM pg_catalog.pg_trigger t
            JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE t.tgparentid = 0 AND t.tgfoid = pg_catalog.to_regprocedure('belay.write_down()')
            ORDER BY t.oid
            """;

    private static final String DROP =
            "DROP FUNCTION IF EXISTS belay.write_down() CASCADE; DROP TABLE IF EXISTS belay.written";

    private WriteTriggers() {}

    /** Takes a snapshot. */
    @FunctionalInterface
    interface Snapshot {
        void take() throws SQLException;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    /**
     * Makes them in one transaction. Before it ends a snapshot is taken: as all tables are locked against writers by then, it has all that
     * was written before the triggers were there, and nothing of them, so that a backup of it hasn't either.
     *
     * @param connection in autocommit
     * @param patient whether to wait until others are asked to give way
     * @return whether nobody was in the way; then on nothing is left of it
     */
    static boolean create(Connection connection, boolean patient, Snapshot snapshot) throws SQLException {
        return unlessInTheWay(connection, () -> {
            execute(connection, LIMIT.formatted(patient ? "3" : "0.8"));
            execute(connection, LOCK);
            execute(connection, NO_LIMIT);
            execute(connection, STORE);
            execute(connection, FUNCTION);
            execute(connection, CREATE);
            snapshot.take();
        });
    }

    /** Does it in one transaction, of which nothing is left when somebody is in the way. */
    private static boolean unlessInTheWay(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (IN_THE_WAY.contains(String.valueOf(e.getSQLState()))) {
                return false;
            }
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Whether there are any: the function goes last. */
    static boolean areIn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_THERE)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Removes them while others are at work: nobody waits for longer than an instant, and no write of theirs fails.
     *
     * @param connection in autocommit
     * @return the tables where somebody was in the way: the triggers there do nothing any more
     */
    static List<String> remove(Connection connection) throws SQLException {
        if (!areIn(connection)) {
            return List.of();
        }
        execute(connection, SILENCE);
        List<String> left = List.of();
        for (int pass = 1; pass <= PASSES; pass++) {
            left = tryToRemove(connection);
            if (left.isEmpty()) {
                return left;
            }
            pause(pass);
        }
        return left;
    }

    /** Once no table has one, no session is in the function or will be, and what it writes to can go. */
    private static List<String> tryToRemove(Connection connection) throws SQLException {
        List<String> left = new ArrayList<>();
        List<List<String>> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LEFT)) {
            while (rows.next()) {
                triggers.add(List.of(rows.getString(1), rows.getString(2)));
            }
        }
        for (List<String> trigger : triggers) {
            String sql = "DROP TRIGGER IF EXISTS " + trigger.get(1) + " ON " + trigger.get(0);
            if (!left.contains(trigger.get(0)) && !isDone(connection, sql)) {
                left.add(trigger.get(0));
            }
        }
        return !left.isEmpty() || isDone(connection, DROP) ? left : List.of("belay.written");
    }

    private static boolean isDone(Connection connection, String sql) throws SQLException {
        return unlessInTheWay(connection, () -> {
            execute(connection, "SET LOCAL lock_timeout = '200ms'; SET LOCAL client_min_messages = error");
            execute(connection, sql);
        });
    }

    /** Removes them all at once where nobody else is connected; the connection is in autocommit. */
    static void removeAlone(Connection connection) throws SQLException {
        if (!isDone(connection, DROP)) {
            throw new SQLException("somebody is in the way", "55P03");
        }
    }

    /** So that what comes again and again, on both sides, doesn't come at the same time again. */
    static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE_MILLIS / 2 + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS * Math.min(attempt, 4)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
