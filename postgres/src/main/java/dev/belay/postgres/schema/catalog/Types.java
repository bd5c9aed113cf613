package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Kinds.flag;
import static dev.belay.postgres.schema.catalog.Kinds.function;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.owner;
import static dev.belay.postgres.schema.catalog.Sql.securityLabels;

import java.util.List;

/** Types and domains. */
final class Types {
    private static final String ALL = String.join(
            ",\n",
            owner("o.typowner"),
            grants("o.typacl", "T", "o.typowner"),
            securityLabels("pg_type", "o.oid"),
            "COALESCE(pg_catalog.pg_get_expr(o.typdefaultbin, 0), pg_catalog.quote_literal(o.typdefault)) AS \"default\"");

    private static final String SHAPE = """
            CASE WHEN NOT o.typisdefined THEN 'shell' WHEN o.typtype = 'e' THEN 'enum' WHEN o.typtype = 'c' THEN 'composite'
                 WHEN o.typtype = 'r' THEN 'range' ELSE 'base' END AS category,
            (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
             FROM pg_catalog.pg_enum e WHERE e.enumtypid = o.oid) AS labels,
            (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum)
             FROM pg_catalog.pg_attribute a WHERE a.attrelid = o.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
                AS "column order"
            """.strip();

    private static final String RANGE =
            String.join(",\n", """
            (SELECT pg_catalog.format_type(s.oid, NULL) FROM pg_catalog.pg_type s WHERE s.oid = r.rngsubtype) AS subtype,
            (SELECT pg_catalog.format('%I.%I', s.nspname, c.opcname)
             FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_namespace s ON s.oid = c.opcnamespace
             WHERE c.oid = r.rngsubopc AND NOT c.opcdefault) AS "subtype opclass",
            (SELECT r.rngcollation::pg_catalog.regcollation::text FROM pg_catalog.pg_type s
             WHERE s.oid = r.rngsubtype AND r.rngcollation <> s.typcollation) AS collation,
            CASE WHEN r.rngmultitypid <> 0 THEN pg_catalog.format_type(r.rngmultitypid, NULL) END AS "multirange type"\
            """, function("r.rngcanonical", "canonical"), function("r.rngsubdiff", "subtype diff"));

    private static final String BASE = String.join(
            ",\n",
            function("b.typinput", "input"),
            function("b.typoutput", "output"),
            function("b.typreceive", "receive"),
            function("b.typsend", "send"),
            function("b.typmodin", "typmod in"),
            function("b.typmodout", "typmod out"),
            function("b.typanalyze", "analyze"),
            function("b.typsubscript", "subscript"),
            "CASE WHEN b.typlen < 0 THEN 'variable' ELSE b.typlen::text END AS \"internal length\"",
            flag("b.typbyval", "passed by value"),
            """
            CASE b.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' WHEN 'd' THEN 'double' END AS alignment,
            CASE b.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' WHEN 'm' THEN 'main'
            END AS storage,
            NULLIF(b.typcategory, 'U') AS "type category"\
            """,
            flag("b.typispreferred", "preferred"),
            "CASE WHEN b.typelem <> 0 THEN pg_catalog.format_type(b.typelem, NULL) END AS element",
            "NULLIF(b.typdelim, ',') AS delimiter",
            flag("b.typcollation <> 0", "collatable"));

    private static final String JOINS = """
            LEFT JOIN pg_catalog.pg_class c ON c.oid = o.typrelid
            LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = o.oid
            LEFT JOIN pg_catalog.pg_type b ON b.oid = o.oid AND b.typtype = 'b'
            """;

    /** Array types, multirange types and the row types of relations come with what they belong to. */
    private static final String OF_THEIR_OWN = """
            (o.typtype IN ('e', 'r', 'b') OR o.typtype = 'c' AND c.relkind = 'c' OR NOT o.typisdefined)
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = o.oid)""";

    private static final String DOMAIN = String.join(",\n", """
            pg_catalog.format_type(o.typbasetype, o.typtypmod) AS type,
            CASE WHEN o.typcollation <> b.typcollation THEN o.typcollation::pg_catalog.regcollation::text END AS collation\
            """, flag("o.typnotnull", "not null"));

    private Types() {}

    static List<CatalogQuery> queries() {
        return List.of(
                Kinds.inSchemas(
                        "type",
                        "pg_type",
                        "typnamespace",
                        String.join(",\n", ALL, SHAPE, RANGE, BASE),
                        JOINS,
                        OF_THEIR_OWN),
                Kinds.inSchemas(
                        "domain",
                        "pg_type",
                        "typnamespace",
                        ALL + ",\n" + DOMAIN,
                        "JOIN pg_catalog.pg_type b ON b.oid = o.typbasetype\n",
                        "o.typtype = 'd'"));
    }
}
