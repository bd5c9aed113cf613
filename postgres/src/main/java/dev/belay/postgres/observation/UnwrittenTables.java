package dev.belay.postgres.observation;

import dev.belay.database.TableFingerprint;
import dev.belay.database.WriteMark;
import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Record;

/**
 * Knows of a table, without a look at its values, that they are those of before: its shape in the catalog is not of a newer
 * transaction than a mark, none of its rows is, and there are as many rows. Thread-safe once it is made.
 *
 * <p>A version of a row is never changed, only replaced by one with another xmin, and VACUUM leaves xmin as it is (PostgreSQL docs,
 * 5.5 "System Columns", 25.1.5). A column that is dropped and made anew without a rewrite has a new row in pg_attribute. Composite
 * and foreign types can change below a row that stays as it is: a table with such a column is never known.
 */
final class UnwrittenTables implements RowFingerprints.Known {
    private static final String MARK = "SELECT pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text";

    private static final String OLD_SHAPES = """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relam = (SELECT oid FROM pg_catalog.pg_am WHERE amname = 'heap')
              AND age(c.xmin) > age(MARK) AND age(n.xmin) > age(MARK)
              AND NOT EXISTS (
                  SELECT FROM pg_catalog.pg_attribute a
                  LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                  WHERE a.attrelid = c.oid AND a.attnum > 0
                    AND (age(a.xmin) <= age(MARK)
                         OR NOT a.attisdropped AND t.typnamespace <> 'pg_catalog'::regnamespace
                            AND NOT (t.typtype = 'e' AND NOT EXISTS (SELECT FROM pg_catalog.pg_enum e
                                     WHERE e.enumtypid = t.oid AND age(e.xmin) <= age(MARK)))))
            """;

    private final String mark;
    private final Set<String> oldShapes;
    private final Map<String, TableFingerprint> before;

    /**
     * Reads the shapes.
     *
     * @param connection whose snapshot is that of the statements to come
     */
    UnwrittenTables(Connection connection, WriteMark mark, List<TableFingerprint> before) {
        this.mark = "'" + Long.parseUnsignedLong(mark.position()) + "'::xid8::xid";
        this.before = before.stream().collect(Collectors.toMap(TableFingerprint::table, table -> table));
        this.oldShapes = Jooq.on(connection).fetch(OLD_SHAPES.replace("MARK", this.mark)).stream()
                .map(row -> row.get(0, String.class))
                .collect(Collectors.toSet());
    }

    /** Everything that is written from now on lies behind it. */
    static WriteMark mark(Connection connection) {
        Record row = Jooq.on(connection).fetchSingle(MARK);
        return new WriteMark(row.get(0, String.class));
    }

    /** The fingerprint of before, when the table was not written to. */
    @Override
    public Optional<TableFingerprint> fingerprint(Statement statement, String table) throws SQLException {
        TableFingerprint then = before.get(table);
        if (then == null || !oldShapes.contains(table)) {
            return Optional.empty();
        }
        String query = "SELECT count(*), count(*) FILTER (WHERE age(xmin) <= age(" + mark + ")) FROM ONLY " + table;
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            boolean same = row.getLong(1) == then.rows() && row.getLong(2) == 0;
            return same ? Optional.of(then) : Optional.empty();
        }
    }
}
