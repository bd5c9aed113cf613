package dev.belay.postgres.carryover;

import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jooq.Record;

/**
 * Tables of the restored database while changes are carried over: their triggers don't fire, as what they wrote is carried over
 * itself, and their foreign keys are looked at when a transaction ends, as a statement's rows come one by one.
 */
final class Hushed {
    private static final String TRIGGERS = """
            SELECT 'ALTER TABLE ONLY ' || t.tgrelid::pg_catalog.regclass || ' DISABLE TRIGGER ' || pg_catalog.quote_ident(t.tgname) AS begin,
                   'ALTER TABLE ONLY ' || t.tgrelid::pg_catalog.regclass || ' ENABLE '
                   || CASE t.tgenabled WHEN 'A' THEN 'ALWAYS ' ELSE '' END || 'TRIGGER ' || pg_catalog.quote_ident(t.tgname) AS end
            FROM pg_catalog.pg_trigger t
            JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relkind IN ('r', 'p')
              AND c.relnamespace <> ALL (ARRAY(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'belay'))
            ORDER BY t.oid
            """;

    private static final String FOREIGN_KEYS = """
            SELECT 'ALTER TABLE ' || conrelid::pg_catalog.regclass || ' ALTER CONSTRAINT ' || pg_catalog.quote_ident(conname)
                   || ' DEFERRABLE INITIALLY DEFERRED' AS begin,
                   'ALTER TABLE ' || conrelid::pg_catalog.regclass || ' ALTER CONSTRAINT ' || pg_catalog.quote_ident(conname)
                   || CASE WHEN condeferrable THEN ' DEFERRABLE INITIALLY IMMEDIATE' ELSE ' NOT DEFERRABLE' END AS end
            FROM pg_catalog.pg_constraint
            WHERE contype = 'f' AND NOT condeferred AND conparentid = 0
            ORDER BY oid
            """;

    private final List<String> ends;

    private Hushed(List<String> ends) {
        this.ends = List.copyOf(ends);
    }

    /** Begins, on a connection in autocommit. */
    static Hushed in(Connection connection) throws SQLException {
        var found = Jooq.on(connection).fetch(TRIGGERS);
        found.addAll(Jooq.on(connection).fetch(FOREIGN_KEYS));
        Hushed hushed = new Hushed(found.map(row -> text(row, "end")));
        connection.setAutoCommit(false);
        run(connection, found.map(row -> text(row, "begin")));
        connection.commit();
        connection.setAutoCommit(true);
        return hushed;
    }

    private static String text(Record row, String column) {
        return String.valueOf(row.get(column));
    }

    /** Puts back what {@link #in} changed; the caller commits. */
    void end(Connection connection) throws SQLException {
        run(connection, ends);
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
