package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.privileges;

import java.util.List;

/** Default privileges, and those on what is not ours where somebody changed them. */
final class Privileges {
    private static final String DEFAULTS = """
            SELECT %1$s, NULL::text, %2$s AS grants
            FROM pg_catalog.pg_default_acl o
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.defaclnamespace
            WHERE n.oid IS NULL OR %3$s
            """.formatted(
                    Kinds.identity("pg_default_acl", "o.oid"), privileges("o.defaclacl", "o.defaclrole"), ours("n"));

    /**
     * What the objects of pg_catalog and the members of extensions are open to, where it is not what they came with
     * (pg_init_privs, where initdb and the extension's script said something).
     */
    private static final String CHANGED = """
            WITH touched AS MATERIALIZED (
                SELECT o.*, p.initprivs, pg_catalog.acldefault(o.type, o.owner) AS standard
                FROM (%1$s) o
                LEFT JOIN pg_catalog.pg_init_privs p ON p.classoid = o.classid AND p.objoid = o.oid AND p.objsubid = o.subid
                WHERE o.acl IS DISTINCT FROM p.initprivs
                  AND (o.namespace = 'pg_catalog'::pg_catalog.regnamespace OR o.namespace = 0 AND o.oid < 16384
                       OR EXISTS (SELECT FROM pg_catalog.pg_depend d
                                  WHERE d.classid = o.classid AND d.objid = o.oid AND d.deptype = 'e')))
            SELECT i.type || ' ' || i.identity, NULL::text, %2$s AS grants
            FROM touched o
            CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.oid, o.subid) i
            WHERE %2$s <> %3$s
            """.formatted(
                    String.join(
                            "\nUNION ALL\n",
                            objects("pg_namespace", "nsp", "'n'", "o.oid", "true"),
                            objects("pg_proc", "pro", "'f'", "o.pronamespace", "true"),
                            objects("pg_type", "typ", "'T'", "o.typnamespace", "true"),
                            objects("pg_language", "lan", "'l'", "0", "o.lanispl"),
                            objects("pg_foreign_data_wrapper", "fdw", "'F'", "0", "true"),
                            objects("pg_foreign_server", "srv", "'S'", "0", "true"),
                            objects(
                                    "pg_class",
                                    "rel",
                                    "CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END",
                                    "o.relnamespace",
                                    "o.relkind IN ('r', 'v', 'm', 'f', 'p', 'S')"),
                            """
                            SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, o.attnum, o.attacl, 'c', c.relowner, c.relnamespace
                            FROM pg_catalog.pg_attribute o
                            JOIN pg_catalog.pg_class c ON c.oid = o.attrelid
                            WHERE o.attacl IS NOT NULL AND NOT o.attisdropped"""),
                    privileges("COALESCE(o.acl, o.standard)", "o.owner"),
                    privileges("COALESCE(o.initprivs, o.standard)", "o.owner"));

    private Privileges() {}

    static List<CatalogQuery> queries() {
        return List.of(new CatalogQuery("default privileges", DEFAULTS), new CatalogQuery("privileges", CHANGED));
    }

    /**
     * @param prefix of the catalog's columns
     * @param type as for acldefault
     */
    private static String objects(String catalog, String prefix, String type, String namespace, String where) {
        return "SELECT 'pg_catalog." + catalog + "'::pg_catalog.regclass AS classid, o.oid, 0 AS subid, o." + prefix
                + "acl AS acl, (" + type + ")::\"char\" AS type, o." + prefix + "owner AS owner, " + namespace
                + "::pg_catalog.oid AS namespace FROM pg_catalog." + catalog + " o WHERE " + where;
    }
}
