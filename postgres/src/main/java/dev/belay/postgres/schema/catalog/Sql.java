package dev.belay.postgres.schema.catalog;

/** Pieces that many of the queries share. */
final class Sql {
    private Sql() {}

    /** Which schemas are looked at. */
    static String ours(String namespace) {
        return namespace + ".nspname <> ALL ('{pg_catalog,information_schema,pg_toast,belay}') AND " + namespace
                + ".nspname !~ '^pg_(toast_)?temp_'";
    }

    /** Leaves out what an extension made. */
    static String notOfExtension(String catalog, String oid) {
        return "NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog." + catalog
                + "'::pg_catalog.regclass AND x.objid = " + oid + " AND x.deptype = 'e')";
    }

    /**
     * The privileges, where they are not those that the owner's objects of this type have by default.
     *
     * @param type as for acldefault
     */
    static String grants(String acl, String type, String owner) {
        return "CASE WHEN " + acl + " IS NOT NULL THEN NULLIF(" + list(acl) + ", "
                + list("pg_catalog.acldefault('" + type + "', " + owner + ")") + ") END AS grants";
    }

    private static String list(String acl) {
        return "COALESCE((SELECT pg_catalog.string_agg(g::text, ', ' ORDER BY g::text COLLATE \"C\")"
                + " FROM pg_catalog.unnest(" + acl + ") g), 'none')";
    }

    static String owner(String role) {
        return "pg_catalog.pg_get_userbyid(" + role + ") AS owner";
    }

    static String comment(String catalog, String oid) {
        return "pg_catalog.obj_description(" + oid + ", '" + catalog + "') AS comment";
    }

    static String securityLabels(String catalog, String oid) {
        return "(SELECT pg_catalog.string_agg(l.provider || ': ' || l.label, ', ' ORDER BY l.provider COLLATE \"C\")"
                + " FROM pg_catalog.pg_seclabel l WHERE l.classoid = 'pg_catalog." + catalog
                + "'::pg_catalog.regclass AND l.objoid = " + oid + " AND l.objsubid = 0) AS \"security label\"";
    }
}
