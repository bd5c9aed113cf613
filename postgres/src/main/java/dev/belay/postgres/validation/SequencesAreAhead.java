package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.Catalog;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Owned sequences give values that the column doesn't have yet. */
record SequencesAreAhead() implements Validator {
    private static final String OWNED = """
            SELECT format('%I.%I', sn.nspname, s.relname) AS sequence, format('%I.%I', tn.nspname, t.relname) AS table,
                   quote_ident(a.attname) AS column, q.seqincrement AS increment, q.seqmin AS low, q.seqmax AS high
            FROM pg_depend d
            JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
            JOIN pg_namespace sn ON sn.oid = s.relnamespace
            JOIN pg_sequence q ON q.seqrelid = s.oid AND NOT q.seqcycle
            JOIN pg_class t ON t.oid = d.refobjid AND t.relkind IN ('r', 'p')
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid AND NOT a.attisdropped
            JOIN pg_type ty ON ty.oid = a.atttypid AND ty.typcategory = 'N'
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
              AND NOT pg_is_other_temp_schema(tn.oid)
            ORDER BY sequence
            """;

    private record Owned(String sequence, String table, String column, long increment, long low, long high) {
        String label() {
            return "sequence " + sequence + " of " + table + "." + column;
        }

        /** 1 when the next value is not beyond the column's. What the sequence can never give doesn't count. */
        String isBehind() {
            boolean up = increment > 0;
            return "SELECT count(*) FROM (SELECT " + (up ? "max" : "min") + "(" + column + ") AS extreme FROM " + table
                    + " WHERE " + column + " BETWEEN " + low + " AND " + high + ") c, " + sequence + " s"
                    + " WHERE c.extreme " + (up ? ">=" : "<=")
                    + " s.last_value::numeric + CASE WHEN s.is_called THEN " + increment + " ELSE 0 END";
        }
    }

    @Override
    public Map<String, String> remember(ValidationContext context) throws SQLException {
        return Look.through(context, connection -> behind(context, connection));
    }

    @Override
    public List<Finding> validate(ValidationContext context) throws SQLException {
        return Look.at(
                context,
                name(),
                connection -> behind(context, connection).values().stream()
                        .map(label -> finding(label, context.remembered().containsValue(label)))
                        .toList());
    }

    private Finding finding(String label, boolean before) {
        String flaw = " is behind its column: an INSERT would meet a key that is taken.";
        String wayOut = "Move it on with setval, in the revision that brought the rows.";
        return before
                ? Finding.minor(name(), label + flaw + " It was so before the change.", wayOut)
                : Finding.critical(name(), label + flaw, wayOut);
    }

    private static Map<String, String> behind(ValidationContext context, Connection connection) throws SQLException {
        List<Owned> all = new Catalog(connection)
                .rows(
                        OWNED,
                        row -> new Owned(
                                Catalog.text(row, "sequence"),
                                Catalog.text(row, "table"),
                                Catalog.text(row, "column"),
                                Catalog.number(row, "increment"),
                                Catalog.number(row, "low"),
                                Catalog.number(row, "high")));
        Map<String, String> behind = new TreeMap<>();
        for (Owned owned : all) {
            context.cancellation().check();
            if (Look.count(connection, owned.isBehind()) > 0) {
                behind.put(owned.sequence(), owned.label());
            }
        }
        return behind;
    }

    @Override
    public String name() {
        return "Sequences.areAheadOfTheirColumns";
    }

    @Override
    public String toString() {
        return name() + "()";
    }
}
