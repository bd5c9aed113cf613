package dev.belay.postgres.sample;

import dev.belay.postgres.sample.SampleTable.Check;
import dev.belay.postgres.sample.SampleTable.Column;
import dev.belay.postgres.sample.SampleTable.ForeignKey;
import dev.belay.postgres.sample.SampleTable.UniqueKey;
import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads what the tables of a schema want of their rows, by four queries, however many tables there are. */
final class SampleCatalog {
    /** Ordinary tables and leaf partitions, without Belay's own, temporary ones and those of extensions. */
    private static final String TABLES = """
            SELECT c.oid::bigint AS tab, format('%I.%I', n.nspname, c.relname) AS name,
                   CASE WHEN c.relispartition THEN format('%I.%I', rn.nspname, r.relname)
                        ELSE format('%I.%I', n.nspname, c.relname) END AS root,
                   CASE WHEN c.relispartition THEN pg_get_partition_constraintdef(c.oid) END AS bound,
                   quote_ident(a.attname) AS col, a.atttypid::bigint AS type, a.atttypmod AS typmod,
                   format_type(a.atttypid, a.atttypmod) AS declared, NOT a.attnotnull AS nullable,
                   coalesce(ra.attidentity, a.attidentity) <> '' AS identity, a.attgenerated <> '' AS generated,
                   pg_get_expr(d.adbin, d.adrelid) AS standard
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_class r ON c.relispartition AND r.oid = pg_partition_root(c.oid)
            LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_catalog.pg_attribute ra ON ra.attrelid = r.oid AND ra.attname = a.attname
            LEFT JOIN pg_catalog.pg_attrdef d
                   ON d.adrelid = coalesce(ra.attrelid, a.attrelid) AND d.adnum = coalesce(ra.attnum, a.attnum)
            WHERE c.relkind = 'r' AND c.relpersistence <> 't'
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'belay') AND n.nspname NOT LIKE 'pg\\_toast%'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                              WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
            ORDER BY n.nspname, c.relname, a.attnum
            """;

    /**
     * Of foreign keys those that the user declared, or that a partition has from its root; not those that the server adds for
     * each partition that is referred to. A 0 among the numbers is the whole row.
     */
    private static final String CONSTRAINTS = """
            SELECT o.conrelid::bigint AS tab, quote_ident(o.conname) AS name, o.contype::text AS kind,
                   coalesce(pg_get_expr(o.conbin, o.conrelid), '') AS expression,
                   ARRAY(SELECT coalesce(quote_ident(a.attname), '') FROM unnest(o.conkey) WITH ORDINALITY k (n, i)
                         LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.n AND k.n > 0
                         ORDER BY i) AS columns,
                   CASE WHEN p.oid IS NOT NULL THEN format('%I.%I', pn.nspname, p.relname) END AS parent, p.relkind = 'p' AS partitioned,
                   ARRAY(SELECT quote_ident(a.attname) FROM unnest(o.confkey) WITH ORDINALITY k (n, i)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.n ORDER BY i) AS others,
                   o.confmatchtype = 'f' AS fullmatch, o.condeferrable AS deferrable
            FROM pg_catalog.pg_constraint o
            JOIN pg_catalog.pg_class c ON c.oid = o.conrelid AND c.relkind = 'r'
            LEFT JOIN pg_catalog.pg_constraint up ON up.oid = o.conparentid
            LEFT JOIN pg_catalog.pg_class p ON p.oid = o.confrelid
            LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
            WHERE o.contype = 'c' OR o.contype = 'f' AND up.conrelid IS DISTINCT FROM o.conrelid
            ORDER BY o.conrelid, pg_catalog.cardinality(o.conkey) DESC, o.conname
            """;

    /** The columns in an index's expressions and its condition are among what the index depends on. */
    private static final String KEYS = """
            SELECT i.indrelid::bigint AS tab,
                   i.indisunique AND i.indexprs IS NULL AND i.indpred IS NULL AS plain,
                   ARRAY(SELECT quote_ident(a.attname) FROM pg_catalog.pg_attribute a
                         WHERE a.attrelid = i.indrelid AND a.attnum > 0
                           AND (a.attnum = ANY (i.indkey[0 : i.indnkeyatts - 1])
                                OR EXISTS (SELECT FROM pg_catalog.pg_depend d
                                           WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
                                             AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum
                                             AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)))
                         ORDER BY a.attnum) AS columns
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relkind = 'r'
            JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
            WHERE i.indisunique OR i.indisexclusion
            ORDER BY i.indrelid, ic.relname
            """;

    private static final String WITHOUT_PARTITIONS = """
            SELECT format('%I.%I', n.nspname, c.relname) AS name
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'p' AND NOT c.relispartition AND n.nspname <> 'belay'
              AND NOT EXISTS (SELECT FROM pg_partition_tree(c.oid) t
                              JOIN pg_catalog.pg_class l ON l.oid = t.relid WHERE l.relkind = 'r')
            ORDER BY 1
            """;

    private final DSLContext sql;

    SampleCatalog(Connection connection) {
        sql = Jooq.on(connection);
    }

    /** Partitioned tables that have nowhere to put a row. */
    List<String> withoutPartitions() {
        return sql.fetch(WITHOUT_PARTITIONS).map(row -> text(row, "name"));
    }

    List<SampleTable> tables() {
        Map<Long, List<Record>> constraints = byTable(CONSTRAINTS);
        Map<Long, List<Record>> keys = byTable(KEYS);
        List<SampleTable> tables = new ArrayList<>();
        byTable(TABLES).forEach((oid, rows) -> {
            List<Record> mine = constraints.getOrDefault(oid, List.of());
            tables.add(new SampleTable(
                    text(rows.get(0), "name"),
                    text(rows.get(0), "root"),
                    columns(rows),
                    checks(rows, mine),
                    mine.stream()
                            .filter(row -> text(row, "kind").equals("f"))
                            .map(SampleCatalog::foreignKey)
                            .toList(),
                    keys.getOrDefault(oid, List.of()).stream()
                            .map(row -> new UniqueKey(texts(row, "columns"), flag(row, "plain")))
                            .toList()));
        });
        return tables;
    }

    private static List<Column> columns(List<Record> rows) {
        return rows.stream()
                .filter(row -> row.get("col") != null && !flag(row, "generated"))
                .map(row -> {
                    String standard = text(row, "standard");
                    return new Column(
                            text(row, "col"),
                            row.get("type", long.class),
                            row.get("typmod", int.class),
                            text(row, "declared"),
                            flag(row, "nullable"),
                            flag(row, "identity") || standard.startsWith("nextval("),
                            // what calls a function may give another value the next time
                            Optional.of(standard).filter(value -> !value.isEmpty() && value.indexOf('(') < 0));
                })
                .toList();
    }

    /** The bound names its columns, if at all, where nothing else can be read: whatever has its name in it may be meant. */
    private static List<Check> checks(List<Record> rows, List<Record> constraints) {
        String bound = text(rows.get(0), "bound");
        Stream<Check> declared = constraints.stream()
                .filter(row -> text(row, "kind").equals("c"))
                .map(row -> new Check(text(row, "name"), text(row, "expression"), texts(row, "columns"), false));
        if (bound.isEmpty()) {
            return declared.toList();
        }
        List<String> named = rows.stream()
                .filter(row -> row.get("col") != null)
                .map(row -> text(row, "col"))
                .filter(column -> Constants.name(bound, column))
                .toList();
        return Stream.concat(Stream.of(new Check("the partition's bound", bound, named, true)), declared)
                .toList();
    }

    private static ForeignKey foreignKey(Record row) {
        String parent = text(row, "parent");
        return new ForeignKey(
                text(row, "name"),
                texts(row, "columns"),
                parent,
                (flag(row, "partitioned") ? "" : "ONLY ") + parent,
                texts(row, "others"),
                flag(row, "fullmatch"),
                flag(row, "deferrable"));
    }

    private Map<Long, List<Record>> byTable(String query) {
        Map<Long, List<Record>> grouped = new LinkedHashMap<>();
        for (Record row : sql.fetch(query)) {
            grouped.computeIfAbsent(row.get("tab", Long.class), none -> new ArrayList<>())
                    .add(row);
        }
        return grouped;
    }

    static String text(Record row, String field) {
        String value = row.get(field, String.class);
        return value == null ? "" : value;
    }

    static boolean flag(Record row, String field) {
        return Boolean.TRUE.equals(row.get(field, Boolean.class));
    }

    static List<String> texts(Record row, String field) {
        String[] values = row.get(field, String[].class);
        return values == null ? List.of() : List.of(values);
    }
}
