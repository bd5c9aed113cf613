package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.comment;
import static dev.belay.postgres.schema.catalog.Sql.description;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.sorted;

import java.util.List;

/** Constraints, indexes and extended statistics. */
final class Constraints {
    /** What comes with a parent is not told again: inherited checks, and a partition's copies of foreign keys. */
    private static final String CONSTRAINTS = """
            SELECT pg_catalog.format('%%I on %%s', k.conname, COALESCE(r.name, y.name)), COALESCE(r.name, y.name),
                   pg_catalog.pg_get_constraintdef(k.oid) AS definition,
                   %1$s,
                   %2$s AS options,
                   s.spcname AS tablespace,
                   CASE WHEN x.indisclustered THEN 'true' END AS clustered,
                   %3$s,
                   h.inhparent::pg_catalog.regclass::text AS parent,
                   %7$s AS "index comment"
            FROM pg_catalog.pg_constraint k
            JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace
            LEFT JOIN LATERAL (SELECT k.conrelid::pg_catalog.regclass::text AS name WHERE k.conrelid <> 0) r ON true
            LEFT JOIN LATERAL (SELECT k.contypid::pg_catalog.regtype::text AS name WHERE k.contypid <> 0) y ON true
            LEFT JOIN pg_catalog.pg_class i ON i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
            LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = i.oid
            LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = i.reltablespace
            LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.oid
            WHERE k.contype NOT IN ('t', 'n') AND (k.contype <> 'f' OR k.conparentid = 0) AND (k.contype <> 'c' OR k.conislocal)
              AND %4$s AND %5$s AND %6$s
            """;

    private static final String INDEXES = """
            SELECT pg_catalog.format('%%I.%%I', n.nspname, c.relname), i.indrelid::pg_catalog.regclass::text,
                   pg_catalog.pg_get_indexdef(c.oid) AS definition,
                   CASE WHEN NOT i.indisvalid AND c.relkind = 'i' THEN 'false' END AS valid,
                   CASE WHEN i.indisclustered THEN 'true' END AS clustered,
                   s.spcname AS tablespace,
                   h.inhparent::pg_catalog.regclass::text AS parent,
                   %1$s,
                   %2$s
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
            LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid
            WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
              AND %3$s AND %4$s
            """;

    /** By position: a column of an index has no name of its own. */
    private static String statisticsOf(String index) {
        return "(SELECT pg_catalog.string_agg(a.attnum || '=' || a.attstattarget, ', ' ORDER BY a.attnum)"
                + " FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + index + " AND a.attstattarget >= 0)"
                + " AS \"statistics\"";
    }

    private static final String STATISTICS = """
            SELECT pg_catalog.format('%%I.%%I', n.nspname, e.stxname), e.stxrelid::pg_catalog.regclass::text,
                   %1$s, %2$s,
                   pg_catalog.pg_get_statisticsobjdef(e.oid) AS definition,
                   CASE WHEN e.stxstattarget >= 0 THEN e.stxstattarget END AS "statistics"
            FROM pg_catalog.pg_statistic_ext e
            JOIN pg_catalog.pg_namespace n ON n.oid = e.stxnamespace
            WHERE %3$s AND %4$s
            """;

    private Constraints() {}

    static List<CatalogQuery> indexes() {
        return List.of(new CatalogQuery(
                "index",
                INDEXES.formatted(
                        comment("pg_class", "c.oid"),
                        statisticsOf("c.oid"),
                        ours("n"),
                        notOfExtension("pg_class", "i.indrelid"))));
    }

    static List<CatalogQuery> queries() {
        return List.of(
                new CatalogQuery(
                        "constraint",
                        CONSTRAINTS.formatted(
                                comment("pg_constraint", "k.oid"),
                                sorted("i.reloptions"),
                                statisticsOf("i.oid"),
                                ours("n"),
                                notOfExtension("pg_class", "k.conrelid"),
                                notOfExtension("pg_type", "k.contypid"),
                                description("pg_class", "i.oid"))),
                new CatalogQuery(
                        "statistics",
                        STATISTICS.formatted(
                                Sql.owner("e.stxowner"),
                                comment("pg_statistic_ext", "e.oid"),
                                ours("n"),
                                notOfExtension("pg_statistic_ext", "e.oid"))));
    }
}
