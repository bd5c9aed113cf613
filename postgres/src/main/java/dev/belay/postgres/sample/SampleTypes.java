package dev.belay.postgres.sample;

import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The types of a database, by oid. */
final class SampleTypes {
    private static final String TYPES = """
            SELECT t.oid::bigint AS oid, t.typname::text AS name, n.nspname = 'pg_catalog' AS builtin,
                   t.typtype::text AS kind, t.typbasetype::bigint AS base, t.typtypmod AS typmod, t.typnotnull AS mandatory,
                   CASE WHEN t.typcategory = 'A' AND t.typlen = -1 AND e.typarray = t.oid THEN t.typelem ELSE 0 END::bigint AS element,
                   coalesce(r.rngsubtype, m.rngtypid, 0)::bigint AS part, format_type(t.oid, NULL) AS declared,
                   coalesce(format_type(nullif(t.typbasetype, 0), t.typtypmod), '') AS under,
                   CASE WHEN t.typtype = 'e' THEN ARRAY(SELECT l.enumlabel::text FROM pg_catalog.pg_enum l
                        WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) END AS labels,
                   CASE WHEN t.typtype = 'd' THEN ARRAY(SELECT pg_get_expr(o.conbin, 0) FROM pg_catalog.pg_constraint o
                        WHERE o.contypid = t.oid AND o.contype = 'c' ORDER BY o.conname) END AS checks
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
            LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
            LEFT JOIN pg_catalog.pg_range m ON m.rngmultitypid = t.oid
            WHERE t.typtype <> 'p'
            """;

    /** Of composite types that were made as such or that some column has. */
    private static final String FIELDS = """
            SELECT t.oid::bigint AS oid, a.atttypid::bigint AS type, a.atttypmod AS typmod
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind = 'c' OR c.relkind IN ('r', 'p', 'f', 'v', 'm')
              AND c.relnamespace <> 'pg_catalog'::regnamespace
              AND (t.oid IN (SELECT u.atttypid FROM pg_catalog.pg_attribute u)
                   OR t.typarray IN (SELECT u.atttypid FROM pg_catalog.pg_attribute u))
            ORDER BY t.oid, a.attnum
            """;

    /**
     * A type.
     *
     * @param name without its schema
     * @param builtin whether the server brings it along
     * @param kind as pg_type.typtype has it
     * @param base of a domain the type under it, else 0
     * @param typmod of a domain the length or precision under it
     * @param mandatory whether a domain refuses NULL
     * @param element of an array its element's type, else 0
     * @param part of a range its subtype, of a multirange its range, else 0
     * @param declared as SQL
     * @param under of a domain the type under it as SQL, with its length or precision; else empty
     * @param labels of an enum
     * @param checks of a domain, over VALUE
     * @param fields of a composite type
     */
    record SampleType(
            String name,
            boolean builtin,
            String kind,
            long base,
            int typmod,
            boolean mandatory,
            long element,
            long part,
            String declared,
            String under,
            List<String> labels,
            List<String> checks,
            List<Part> fields) {}

    /** A field of a composite type. */
    record Part(long type, int typmod) {}

    private final Map<Long, SampleType> types = new HashMap<>();

    SampleTypes(Connection connection) {
        DSLContext sql = Jooq.on(connection);
        Map<Long, List<Part>> fields = new LinkedHashMap<>();
        for (Record row : sql.fetch(FIELDS)) {
            fields.computeIfAbsent(row.get("oid", Long.class), none -> new ArrayList<>())
                    .add(new Part(row.get("type", long.class), row.get("typmod", int.class)));
        }
        for (Record row : sql.fetch(TYPES)) {
            long oid = row.get("oid", long.class);
            types.put(
                    oid,
                    new SampleType(
                            SampleCatalog.text(row, "name"),
                            SampleCatalog.flag(row, "builtin"),
                            SampleCatalog.text(row, "kind"),
                            row.get("base", long.class),
                            row.get("typmod", int.class),
                            SampleCatalog.flag(row, "mandatory"),
                            row.get("element", long.class),
                            row.get("part", long.class),
                            SampleCatalog.text(row, "declared"),
                            SampleCatalog.text(row, "under"),
                            SampleCatalog.texts(row, "labels"),
                            SampleCatalog.texts(row, "checks"),
                            fields.getOrDefault(oid, List.of())));
        }
    }

    /** The type with this oid; empty for a pseudo-type. */
    Optional<SampleType> get(long oid) {
        return Optional.ofNullable(types.get(oid));
    }

    boolean isDomain(long oid) {
        return get(oid).filter(type -> type.kind().equals("d")).isPresent();
    }

    /** Whether the type, or one that it is a domain over, refuses NULL. */
    boolean isMandatory(long oid) {
        return get(oid).map(type -> type.kind().equals("d") && (type.mandatory() || isMandatory(type.base())))
                .orElse(false);
    }

    /** The name of the base type under all domains; empty for arrays, enums, ranges and composites. */
    String scalar(long oid) {
        return get(oid).map(type -> switch (type.kind()) {
                    case "d" -> scalar(type.base());
                    case "b" -> type.element() == 0 ? type.name() : "";
                    default -> "";
                })
                .orElse("");
    }
}
