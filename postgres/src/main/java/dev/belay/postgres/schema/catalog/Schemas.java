package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.comment;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.owner;

import java.util.List;

/** Schemas and extensions. */
final class Schemas {
    private static final String SCHEMAS = """
            SELECT pg_catalog.quote_ident(n.nspname), NULL::text, %1$s, %2$s, %3$s
            FROM pg_catalog.pg_namespace n
            WHERE %4$s AND %5$s
            """;

    private static final String EXTENSIONS = """
            SELECT pg_catalog.quote_ident(e.extname), NULL::text,
                   pg_catalog.quote_ident(n.nspname) AS schema, e.extversion AS version, %1$s
            FROM pg_catalog.pg_extension e
            JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
            WHERE e.oid >= 16384
            """;

    private Schemas() {}

    static List<CatalogQuery> queries() {
        return List.of(
                new CatalogQuery(
                        "schema",
                        SCHEMAS.formatted(
                                owner("n.nspowner"),
                                grants("n.nspacl", "n", "n.nspowner"),
                                comment("pg_namespace", "n.oid"),
                                ours("n"),
                                notOfExtension("pg_namespace", "n.oid"))),
                new CatalogQuery("extension", EXTENSIONS.formatted(comment("pg_extension", "e.oid"))));
    }
}
