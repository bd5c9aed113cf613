package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Kinds.flag;
import static dev.belay.postgres.schema.catalog.Kinds.function;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.owner;
import static dev.belay.postgres.schema.catalog.Sql.securityLabels;

import java.util.List;

/** What teaches the server to read and convert: languages, access methods, collations, conversions, casts, transforms. */
final class Casts {
    /** What initdb makes has a lower one (FirstNormalObjectId). */
    private static final String NOT_BUILT_IN = "o.oid >= 16384";

    private static final String LANGUAGE = String.join(
            ",\n",
            owner("o.lanowner"),
            grants("o.lanacl", "l", "o.lanowner"),
            securityLabels("pg_language", "o.oid"),
            flag("o.lanpltrusted", "trusted"),
            function("o.lanplcallfoid", "handler"),
            function("o.laninline", "inline handler"),
            function("o.lanvalidator", "validator"));

    private static final String ACCESS_METHOD =
            "CASE o.amtype WHEN 'i' THEN 'index' WHEN 't' THEN 'table' END AS type,\n"
                    + function("o.amhandler", "handler");

    /** The columns for the locale differ from version to version: 14 has it in collcollate, 15 and 16 in colliculocale. */
    private static final String COLLATION = String.join(",\n", owner("o.collowner"), """
            CASE o.collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'default' END AS provider,
            CASE WHEN NOT o.collisdeterministic THEN 'false' END AS deterministic,
            COALESCE(pg_catalog.to_jsonb(o) ->> 'colllocale', pg_catalog.to_jsonb(o) ->> 'colliculocale',
                     CASE WHEN o.collprovider = 'i' THEN o.collcollate END) AS locale,
            CASE WHEN o.collprovider <> 'i' THEN o.collcollate END AS "lc collate",
            CASE WHEN o.collprovider <> 'i' THEN o.collctype END AS "lc ctype",
            pg_catalog.to_jsonb(o) ->> 'collicurules' AS rules\
            """);

    private static final String CONVERSION = String.join(
            ",\n",
            owner("o.conowner"),
            "pg_catalog.pg_encoding_to_char(o.conforencoding) AS source",
            "pg_catalog.pg_encoding_to_char(o.contoencoding) AS destination",
            function("o.conproc", "function"),
            flag("o.condefault", "default"));

    private static final String CAST = """
            CASE o.castmethod WHEN 'b' THEN 'without function' WHEN 'i' THEN 'inout'
                 ELSE o.castfunc::pg_catalog.regprocedure::text END AS method,
            CASE o.castcontext WHEN 'a' THEN 'assignment' WHEN 'i' THEN 'implicit' END AS context
            """;

    /** As of PostgreSQL 16; older ones have another word in it. */
    private static final String TRANSFORM_NAME = "pg_catalog.format('for %s language %s', "
            + Kinds.identity("pg_type", "o.trftype") + ", " + Kinds.identity("pg_language", "o.trflang") + ")";

    /** A range type's cast to its multirange type comes with it. */
    private static final String NOT_OF_A_RANGE = """
            NOT EXISTS (SELECT FROM pg_catalog.pg_range r
                        WHERE r.rngtypid = o.castsource AND r.rngmultitypid = o.casttarget)""";

    private static final String TRANSFORM = """
            CASE WHEN o.trffromsql <> 0 THEN o.trffromsql::pg_catalog.oid::pg_catalog.regprocedure::text END AS "from sql",
            CASE WHEN o.trftosql <> 0 THEN o.trftosql::pg_catalog.oid::pg_catalog.regprocedure::text END AS "to sql"
            """;

    private Casts() {}

    static List<CatalogQuery> queries() {
        return List.of(
                Kinds.global("language", "pg_language", LANGUAGE, "o.lanispl AND " + NOT_BUILT_IN),
                Kinds.global("access method", "pg_am", ACCESS_METHOD, NOT_BUILT_IN),
                Kinds.inSchemas("collation", "pg_collation", "collnamespace", COLLATION, "", "true"),
                Kinds.inSchemas("conversion", "pg_conversion", "connamespace", CONVERSION, "", "true"),
                Kinds.global("cast", "pg_cast", CAST, NOT_BUILT_IN + " AND " + NOT_OF_A_RANGE),
                Kinds.named("transform", "pg_transform", TRANSFORM_NAME, TRANSFORM, "true"));
    }
}
