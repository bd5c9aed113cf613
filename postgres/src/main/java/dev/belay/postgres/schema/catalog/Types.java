package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.comment;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.owner;

import java.util.List;

/** Types and domains. */
final class Types {
    private static final String TYPES = """
            SELECT pg_catalog.format('%%I.%%I', n.nspname, t.typname), NULL::text,
                   %1$s, %2$s, %3$s,
                   CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'c' THEN 'composite' WHEN 'r' THEN 'range' WHEN 'b' THEN 'base' END
                       AS category,
                   (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                    FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid) AS labels,
                   (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum)
                    FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
                       AS "column order"
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
            WHERE (t.typtype IN ('e', 'r') OR t.typtype = 'c' AND c.relkind = 'c' OR t.typtype = 'b' AND t.typelem = 0)
              AND %4$s AND %5$s
            """;

    private static final String DOMAINS = """
            SELECT pg_catalog.format('%%I.%%I', n.nspname, t.typname), NULL::text,
                   %1$s, %2$s, %3$s,
                   pg_catalog.format_type(t.typbasetype, t.typtypmod) AS type,
                   CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::pg_catalog.regcollation::text END AS collation,
                   t.typdefault AS "default",
                   CASE WHEN t.typnotnull THEN 'true' END AS "not null"
            FROM pg_catalog.pg_type t
            JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
            JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typtype = 'd' AND %4$s AND %5$s
            """;

    private Types() {}

    static List<CatalogQuery> queries() {
        return List.of(types("type", TYPES), types("domain", DOMAINS));
    }

    private static CatalogQuery types(String kind, String sql) {
        return new CatalogQuery(
                kind,
                sql.formatted(
                        owner("t.typowner"),
                        grants("t.typacl", "T", "t.typowner"),
                        comment("pg_type", "t.oid"),
                        ours("n"),
                        notOfExtension("pg_type", "t.oid")));
    }
}
