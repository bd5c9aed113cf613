package dev.belay.postgres.schema.catalog;

import java.util.List;

/** Default privileges. */
final class Privileges {
    private static final String DEFAULTS = """
            SELECT pg_catalog.format('%s for role %I%s',
                       CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
                            WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE d.defaclobjtype::text END,
                       pg_catalog.pg_get_userbyid(d.defaclrole), ' in schema ' || pg_catalog.quote_ident(n.nspname)),
                   NULL::text,
                   COALESCE((SELECT pg_catalog.string_agg(g::text, ', ' ORDER BY g::text COLLATE "C")
                             FROM pg_catalog.unnest(d.defaclacl) g), 'none') AS grants
            FROM pg_catalog.pg_default_acl d
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
            """;

    private Privileges() {}

    static List<CatalogQuery> queries() {
        return List.of(new CatalogQuery("default privileges", DEFAULTS));
    }
}
