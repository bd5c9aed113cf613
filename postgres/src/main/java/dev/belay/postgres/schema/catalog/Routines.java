package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.comment;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.owner;

import java.util.List;

/** Functions, procedures and aggregates. */
final class Routines {
    private static final String ROUTINES = """
            SELECT pg_catalog.format('%%I.%%I(%%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
                   NULL::text,
                   %1$s, %2$s, %3$s,
                   pg_catalog.pg_get_functiondef(p.oid) AS definition
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE p.prokind = ANY ('{%4$s}') AND %5$s AND %6$s
            """;

    private Routines() {}

    static List<CatalogQuery> queries() {
        return List.of(routines("function", "f,w"), routines("procedure", "p"));
    }

    private static CatalogQuery routines(String kind, String prokinds) {
        return new CatalogQuery(
                kind,
                ROUTINES.formatted(
                        owner("p.proowner"),
                        grants("p.proacl", "f", "p.proowner"),
                        comment("pg_proc", "p.oid"),
                        prokinds,
                        ours("n"),
                        notOfExtension("pg_proc", "p.oid")));
    }
}
