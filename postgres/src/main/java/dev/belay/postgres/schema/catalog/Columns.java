package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.description;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.securityLabels;
import static dev.belay.postgres.schema.catalog.Sql.sorted;

import java.util.List;

/** Columns of relations, and the attributes of composite types. */
final class Columns {
    /** Since 18 a NOT NULL is a constraint; it is told by more than "true" where it is not as a plain NOT NULL makes it. */
    private static final int NOT_NULL_HAS_A_NAME = 180000;

    private static final String COLUMNS = """
            WITH relation AS MATERIALIZED (
                SELECT c.oid, c.relname, c.relowner, c.relispartition, pg_catalog.format('%%I.%%I', n.nspname, c.relname) AS name
                FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND %7$s AND %8$s)
            SELECT c.name || '.' || pg_catalog.quote_ident(a.attname), c.name,
                   pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
                   CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::pg_catalog.regcollation::text END AS collation,
                   %1$s,
                   CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity,
                   CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS "default",
                   CASE a.attgenerated WHEN 's' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ' stored'
                        WHEN 'v' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ' virtual' END AS generated,
                   CASE WHEN a.attstorage <> t.typstorage THEN
                        CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END
                   END AS storage,
                   CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
                   CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS "statistics",
                   %2$s AS options, %3$s AS "foreign options",
                   CASE WHEN NOT a.attislocal AND NOT c.relispartition THEN 'true' END AS inherited,
                   %4$s,
                   w.description AS comment,
                   %5$s
            FROM pg_catalog.pg_attribute a
            JOIN relation c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_catalog.pg_description w ON w.objoid = a.attrelid AND w.objsubid = a.attnum
                 AND w.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
            %6$s
            WHERE a.attnum > 0 AND NOT a.attisdropped
            """;

    private static final String NOT_NULL = """
            CASE WHEN a.attnotnull THEN 'true' END AS "not null"
            """;

    /** The name is that of the parent's where it is inherited, and is then not told. */
    private static final String NAMED_NOT_NULL = """
            CASE WHEN k.oid IS NULL THEN CASE WHEN a.attnotnull THEN 'true' END
                 ELSE COALESCE(NULLIF(pg_catalog.concat_ws(' ',
                          CASE WHEN NOT k.conislocal AND NOT c.relispartition THEN 'inherited' END,
                          CASE WHEN k.conislocal AND k.conname::text <> c.relname || '_' || a.attname || '_not_null'
                               THEN 'constraint ' || pg_catalog.quote_ident(k.conname) END,
                          CASE WHEN k.connoinherit THEN 'no inherit' END,
                          CASE WHEN NOT k.convalidated THEN 'not valid' END), ''), 'true') END AS "not null",
            %s AS "not null comment"
            """.formatted(description("pg_constraint", "k.oid"));

    private static final String NOT_NULL_CONSTRAINT = """
            LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey[1] = a.attnum
            """;

    private Columns() {}

    static List<CatalogQuery> queries(int version) {
        boolean named = version >= NOT_NULL_HAS_A_NAME;
        return List.of(new CatalogQuery(
                "column",
                COLUMNS.formatted(
                        named ? NAMED_NOT_NULL : NOT_NULL,
                        sorted("a.attoptions"),
                        sorted("a.attfdwoptions"),
                        grants("a.attacl", "c", "c.relowner"),
                        securityLabels("pg_class", "c.oid", "a.attnum"),
                        named ? NOT_NULL_CONSTRAINT : "",
                        ours("n"),
                        notOfExtension("pg_class", "c.oid"))));
    }
}
