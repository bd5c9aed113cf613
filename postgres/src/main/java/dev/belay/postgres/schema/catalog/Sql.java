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
     * The privileges, where they are not those that the owner's objects of this type have by default: {@code clerk: INSERT,
     * SELECT*; public: SELECT}, with a star where they may be passed on.
     *
     * @param type as for acldefault
     */
    static String grants(String acl, String type, String owner) {
        return "CASE WHEN " + acl + " IS NOT NULL THEN NULLIF(" + privileges(acl, owner) + ", "
                + privileges("pg_catalog.acldefault('" + type + "', " + owner + ")", owner) + ") END AS grants";
    }

    /** The owner isn't named, as another owner has the same privileges, and gives them to others. */
    static String privileges(String acl, String owner) {
        return """
                COALESCE((SELECT pg_catalog.string_agg(entry, '; ' ORDER BY entry COLLATE "C") FROM (
                    SELECT CASE g.grantee WHEN 0 THEN 'public' WHEN %2$s THEN 'the owner'
                                ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END
                           || CASE WHEN g.grantor <> %2$s
                                   THEN ' by ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantor)) ELSE '' END
                           || ': ' || pg_catalog.string_agg(g.privilege_type || CASE WHEN g.is_grantable THEN '*' ELSE '' END,
                                                            ', ' ORDER BY g.privilege_type) AS entry
                    FROM pg_catalog.aclexplode(%1$s) g GROUP BY g.grantee, g.grantor) x), 'none')""".formatted(acl, owner);
    }

    /** The elements of an array of texts, whose order means nothing; most have none, and are not to pay for sorting. */
    static String sorted(String array) {
        return "CASE WHEN " + array
                + " IS NOT NULL THEN (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o COLLATE \"C\")"
                + " FROM pg_catalog.unnest(" + array + ") o) END";
    }

    static String owner(String role) {
        return "pg_catalog.pg_get_userbyid(" + role + ") AS owner";
    }

    static String comment(String catalog, String oid) {
        return description(catalog, oid) + " AS comment";
    }

    /** As obj_description gives it, which costs several times as much: the server makes a query of its own of each call. */
    static String description(String catalog, String oid) {
        return "(SELECT w.description FROM pg_catalog.pg_description w WHERE w.objoid = " + oid
                + " AND w.classoid = 'pg_catalog." + catalog + "'::pg_catalog.regclass AND w.objsubid = 0)";
    }

    static String securityLabels(String catalog, String oid) {
        return securityLabels(catalog, oid, "0");
    }

    static String securityLabels(String catalog, String oid, String part) {
        return "(SELECT pg_catalog.string_agg(l.provider || ': ' || l.label, ', ' ORDER BY l.provider COLLATE \"C\")"
                + " FROM pg_catalog.pg_seclabel l WHERE l.classoid = 'pg_catalog." + catalog
                + "'::pg_catalog.regclass AND l.objoid = " + oid + " AND l.objsubid = " + part
                + ") AS \"security label\"";
    }
}
