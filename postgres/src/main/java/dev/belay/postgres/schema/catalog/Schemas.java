package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.owner;
import static dev.belay.postgres.schema.catalog.Sql.privileges;
import static dev.belay.postgres.schema.catalog.Sql.securityLabels;

import java.util.List;

/** Schemas and extensions. */
final class Schemas {
    private static final String SCHEMA = String.join(
            ",\n", owner("o.nspowner"), grants("o.nspacl", "n", "o.nspowner"), securityLabels("pg_namespace", "o.oid"));

    /**
     * Every new database has the schema public, so it is always listed, with what differs from how PostgreSQL 15 makes it.
     * (pg_dump does the same, for older servers too; their owner of it is who made the cluster, whose oid is 10.)
     */
    private static final String PUBLIC = """
            SELECT 'public', NULL::text,
                   CASE WHEN pg_catalog.pg_get_userbyid(o.nspowner) <> 'pg_database_owner' AND (o.nspowner <> 10 OR s.version >= 150000)
                        THEN pg_catalog.pg_get_userbyid(o.nspowner) END AS owner,
                   CASE WHEN o.oid IS NOT NULL THEN NULLIF(%1$s, %2$s) END AS grants,
                   %3$s,
                   CASE WHEN o.oid IS NOT NULL THEN NULLIF(
                        COALESCE(pg_catalog.obj_description(o.oid, 'pg_namespace'), ''), 'standard public schema') END AS comment
            FROM (SELECT pg_catalog.current_setting('server_version_num')::int AS version) s
            LEFT JOIN pg_catalog.pg_namespace o ON o.nspname = 'public'
            WHERE o.oid IS NULL OR %4$s
            """.formatted(
                    privileges("COALESCE(o.nspacl, pg_catalog.acldefault('n', o.nspowner))", "o.nspowner"),
                    privileges(
                            "(pg_catalog.acldefault('n', o.nspowner)"
                                    + " || pg_catalog.makeaclitem(0, o.nspowner, 'USAGE', false))",
                            "o.nspowner"),
                    securityLabels("pg_namespace", "o.oid"),
                    notOfExtension("pg_namespace", "o.oid"));

    private static final String EXTENSION = """
            (SELECT pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_namespace n WHERE n.oid = o.extnamespace) AS schema,
            o.extversion AS version,
            %s
            """.formatted(securityLabels("pg_extension", "o.oid"));

    private Schemas() {}

    static List<CatalogQuery> queries() {
        return List.of(
                Kinds.global("schema", "pg_namespace", SCHEMA, ours("o") + " AND o.nspname <> 'public'"),
                new CatalogQuery("schema", PUBLIC),
                Kinds.global("extension", "pg_extension", EXTENSION, "o.oid >= 16384"));
    }
}
