package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;

import java.util.List;

/** Columns of relations, and the attributes of composite types. */
final class Columns {
    private static final String COLUMNS = """
            SELECT pg_catalog.format('%%I.%%I.%%I', n.nspname, c.relname, a.attname),
                   pg_catalog.format('%%I.%%I', n.nspname, c.relname),
                   pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
                   CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::pg_catalog.regcollation::text END AS collation,
                   CASE WHEN a.attnotnull THEN 'true' END AS "not null",
                   CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
                   CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS "default",
                   CASE a.attgenerated WHEN 's' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ' stored'
                        WHEN 'v' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ' virtual' END AS generated,
                   CASE WHEN a.attstorage <> t.typstorage THEN
                        CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END
                   END AS storage,
                   CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
                   CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS "statistics",
                   pg_catalog.array_to_string(a.attoptions, ', ') AS options,
                   pg_catalog.array_to_string(a.attfdwoptions, ', ') AS "foreign options",
                   CASE WHEN NOT a.attislocal THEN 'true' END AS inherited,
                   CASE WHEN a.attacl IS NOT NULL THEN (SELECT pg_catalog.string_agg(g::text, ', ' ORDER BY g::text COLLATE "C")
                        FROM pg_catalog.unnest(a.attacl) g) END AS grants,
                   pg_catalog.col_description(c.oid, a.attnum) AS comment
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND %1$s AND %2$s
            """;

    private Columns() {}

    static List<CatalogQuery> queries() {
        return List.of(new CatalogQuery("column", COLUMNS.formatted(ours("n"), notOfExtension("pg_class", "c.oid"))));
    }
}
