package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.comment;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;

/** Queries for kinds that have a catalog of their own: named as PostgreSQL identifies them, with their comments. */
final class Kinds {
    private Kinds() {}

    /**
     * Of objects that are in no schema.
     *
     * @param attributes of the catalog's row, called o
     * @param where which of its rows
     */
    static CatalogQuery global(String kind, String catalog, String attributes, String where) {
        return named(kind, catalog, identity(catalog, "o.oid"), attributes, where);
    }

    /**
     * Of objects in no schema whose identity isn't the same on all servers.
     *
     * @param name of the catalog's row, called o
     * @param attributes of it
     * @param where which of the catalog's rows
     */
    static CatalogQuery named(String kind, String catalog, String name, String attributes, String where) {
        return query(kind, catalog, name, attributes, "", where);
    }

    /**
     * Of objects in schemas.
     *
     * @param namespace the catalog's column that has the schema
     * @param attributes of the catalog's row, called o, and its schema's, called n
     * @param joins further joins, or nothing
     * @param where which of its rows
     */
    static CatalogQuery inSchemas(
            String kind, String catalog, String namespace, String attributes, String joins, String where) {
        return query(
                kind,
                catalog,
                identity(catalog, "o.oid"),
                attributes,
                "JOIN pg_catalog.pg_namespace n ON n.oid = o." + namespace + "\n" + joins,
                ours("n") + " AND " + where);
    }

    private static CatalogQuery query(
            String kind, String catalog, String name, String attributes, String joins, String where) {
        return new CatalogQuery(
                kind,
                "SELECT " + name + ", NULL::text,\n" + attributes.strip() + ",\n"
                        + comment(catalog, "o.oid") + "\nFROM pg_catalog." + catalog + " o\n" + joins + "WHERE " + where
                        + "\n  AND " + notOfExtension(catalog, "o.oid"));
    }

    static String identity(String catalog, String oid) {
        return "(pg_catalog.pg_identify_object('pg_catalog." + catalog + "'::pg_catalog.regclass, " + oid
                + ", 0)).identity";
    }

    /** A function by its name, where there is one. */
    static String function(String column, String attribute) {
        return "NULLIF(" + column + "::pg_catalog.regproc::text, '-') AS \"" + attribute + "\"";
    }

    /** Says "true" where it holds. */
    static String flag(String condition, String attribute) {
        return "CASE WHEN " + condition + " THEN 'true' END AS \"" + attribute + "\"";
    }
}
