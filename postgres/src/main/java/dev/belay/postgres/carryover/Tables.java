package dev.belay.postgres.carryover;

import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Record;

/** The tables of the restored database: which columns can be written, and which tell rows apart. */
final class Tables {
    /** Of each table the columns, and whether they belong to the replica identity: the key that the log holds. */
    private static final String COLUMNS = """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, pg_catalog.quote_ident(a.attname) AS col,
                   a.attgenerated <> '' AS generated, a.attidentity = 'a' AS always,
                   COALESCE(a.attnum = ANY (i.indkey[0 : i.indnkeyatts - 1]), false) AS key
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
                 AND CASE c.relreplident WHEN 'i' THEN i.indisreplident WHEN 'n' THEN false ELSE i.indisprimary END
            WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'belay')
            ORDER BY c.oid, a.attnum
            """;

    private final Map<String, Table> tables = new HashMap<>();

    /**
     * A table.
     *
     * @param columns by name whether an UPDATE may set them; without generated ones
     * @param generated the generated ones
     * @param key the columns that tell rows apart; empty where there are none
     */
    record Table(Map<String, Boolean> columns, Set<String> generated, Set<String> key) {
        Table() {
            this(new LinkedHashMap<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        }
    }

    Tables(Connection connection) {
        for (Record row : Jooq.on(connection).fetch(COLUMNS)) {
            Table table = tables.computeIfAbsent(String.valueOf(row.get("name")), name -> new Table());
            String column = String.valueOf(row.get("col"));
            if (row.get("generated", boolean.class)) {
                table.generated().add(column);
            } else {
                table.columns().put(column, !row.get("always", boolean.class));
            }
            if (row.get("key", boolean.class)) {
                table.key().add(column);
            }
        }
    }

    Optional<Table> get(String name) {
        return Optional.ofNullable(tables.get(name));
    }
}
