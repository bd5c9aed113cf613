package dev.belay.postgres.observation;

import dev.belay.postgres.observation.TableShape.Column;
import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads from the catalog which tables there are and how each column's values are hashed. */
final class TableShapes {
    /**
     * Ordinary tables, leaf partitions among them. Left out are what an extension made and restores itself, foreign tables,
     * whose rows are elsewhere, and materialized views, which a restore computes anew. The size is what VACUUM and ANALYZE
     * wrote down: pg_table_size would wait for a locked table.
     */
    private static final String TABLES = """
            WITH RECURSIVE base AS (
                SELECT t.oid AS type, t.oid AS base FROM pg_catalog.pg_type t WHERE t.typtype <> 'd'
                UNION ALL
                SELECT d.oid, b.base FROM pg_catalog.pg_type d JOIN base b ON d.typbasetype = b.type WHERE d.typtype = 'd'
            )
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
                   (c.relpages::bigint + COALESCE(o.relpages, 0) + 1) * 8192 AS bytes,
                   pg_catalog.quote_ident(a.attname) AS col,
                   pg_catalog.format_type(a.atttypid, a.atttypmod) AS declared,
                   CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN t.typname::text ELSE '' END AS builtin,
                   CASE WHEN e.typnamespace = 'pg_catalog'::regnamespace AND t.typcategory = 'A' THEN e.typname::text ELSE '' END AS element,
                   CASE WHEN t.typtype = 'b' THEN p.proname::text ELSE '' END AS send,
                   a.atttypid <> t.oid AS domain,
                   COALESCE(l.collisdeterministic, true) AS deterministic
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN base ON base.type = a.atttypid
            LEFT JOIN pg_catalog.pg_type t ON t.oid = base.base
            LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
            LEFT JOIN pg_catalog.pg_proc p ON p.oid = t.typsend
            LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
            WHERE c.relkind = 'r' AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'belay') AND n.nspname NOT LIKE 'pg\\_toast%'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                              WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY n.nspname, c.relname, a.attnum
            """;

    /**
     * Types whose own hash is exact and the same on every server. Others are equal without being the same (numeric 1.0 and
     * 1.00, an interval of 24 hours and of a day) and are hashed by their binary form.
     */
    private static final Set<String> HASHED_AS_THEY_ARE = Set.of(
            "int2",
            "int4",
            "int8",
            "bool",
            "uuid",
            "bytea",
            "text",
            "varchar",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "char",
            "oid");

    /** Of each table the primary key, else a unique index without NULLs. */
    private static final String KEYS = """
            SELECT DISTINCT ON (c.oid) pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
                   ARRAY(SELECT pg_catalog.quote_ident(a.attname) FROM pg_catalog.pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey[0 : i.indnkeyatts - 1])) AS key
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relkind = 'r'
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
                              WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey[0 : i.indnkeyatts - 1]) AND NOT a.attnotnull)
            ORDER BY c.oid, i.indisprimary DESC, i.indnkeyatts, i.indexrelid
            """;

    private TableShapes() {}

    /** By table the names of those columns that tell its rows apart; not of tables without such. */
    static Map<String, List<String>> keys(Connection connection) {
        Map<String, List<String>> keys = new HashMap<>();
        for (Record row : Jooq.on(connection).fetch(KEYS)) {
            keys.put(text(row, "name"), List.of(row.get("key", String[].class)));
        }
        return keys;
    }

    static List<TableShape> read(Connection connection) {
        DSLContext sql = Jooq.on(connection);
        List<TableShape> shapes = new ArrayList<>();
        String current = "";
        long bytes = 0;
        List<Column> columns = new ArrayList<>();
        for (Record row : sql.fetch(TABLES)) {
            String name = text(row, "name");
            if (!name.equals(current) && !current.isEmpty()) {
                shapes.add(new TableShape(current, bytes, columns));
                columns.clear();
            }
            current = name;
            bytes = row.get("bytes", long.class);
            if (row.get("col") != null) {
                columns.add(column(row));
            }
        }
        if (!current.isEmpty()) {
            shapes.add(new TableShape(current, bytes, columns));
        }
        return shapes;
    }

    private static Column column(Record row) {
        String name = text(row, "col");
        String declared = text(row, "declared");
        String type = text(row, "builtin");
        boolean plain = HASHED_AS_THEY_ARE.contains(type) && row.get("deterministic", boolean.class);
        if (plain) {
            boolean domain = row.get("domain", boolean.class);
            return new Column(name, declared, domain ? "CAST(" + name + " AS pg_catalog.\"" + type + "\")" : name);
        }
        String element = text(row, "element");
        // Enums, composites and what extensions define have oids in their binary form, or none at all.
        boolean binary =
                !type.isEmpty() && !type.startsWith("reg") && !text(row, "send").isEmpty();
        boolean array = type.startsWith("_");
        if (binary && (!array || (!element.isEmpty() && !element.startsWith("reg") && !element.equals("record")))) {
            return new Column(name, declared, "pg_catalog." + text(row, "send") + "(" + name + ")");
        }
        return new Column(name, declared, Column.text(name));
    }

    private static String text(Record row, String field) {
        String value = row.get(field, String.class);
        return value == null ? "" : value;
    }
}
