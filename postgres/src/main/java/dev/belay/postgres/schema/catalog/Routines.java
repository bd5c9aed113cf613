package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Kinds.flag;
import static dev.belay.postgres.schema.catalog.Kinds.function;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.owner;
import static dev.belay.postgres.schema.catalog.Sql.securityLabels;

import java.util.List;

/** Functions, procedures and aggregates. */
final class Routines {
    private static final String ALL = String.join(
            ",\n",
            owner("o.proowner"),
            grants("o.proacl", "f", "o.proowner"),
            securityLabels("pg_proc", "o.oid"),
            "NULLIF(pg_catalog.pg_get_function_arguments(o.oid), '') AS arguments",
            """
            CASE o.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END AS parallel""");

    private static final String CODE = String.join(
            ",\n",
            "pg_catalog.pg_get_function_result(o.oid) AS result",
            "l.lanname AS language",
            """
            (SELECT pg_catalog.string_agg(pg_catalog.format_type(t.oid, NULL), ', ' ORDER BY t.place)
             FROM pg_catalog.unnest(o.protrftypes) WITH ORDINALITY t (oid, place)) AS transforms""",
            flag("o.prokind = 'w'", "window"),
            "CASE o.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END AS volatility",
            flag("o.proisstrict", "strict"),
            flag("o.prosecdef", "security definer"),
            flag("o.proleakproof", "leakproof"),
            """
            CASE WHEN o.procost <> CASE WHEN l.lanname IN ('internal', 'c') THEN 1 ELSE 100 END THEN o.procost::text END AS cost""",
            "CASE WHEN o.proretset AND o.prorows <> 1000 THEN o.prorows::text END AS rows",
            function("o.prosupport", "support"),
            "pg_catalog.array_to_string(o.proconfig, ', ') AS settings",
            """
            COALESCE(pg_catalog.pg_get_function_sqlbody(o.oid), o.prosrc) AS body""",
            "o.probin AS library");

    private static final String FROM_LANGUAGE = "JOIN pg_catalog.pg_language l ON l.oid = o.prolang\n";

    /** A range type's constructors come with it. */
    private static final String NOT_OF_A_RANGE = """
            NOT EXISTS (SELECT FROM pg_catalog.pg_depend c
                        WHERE c.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND c.objid = o.oid AND c.deptype = 'i')""";

    /** In the words of CREATE AGGREGATE. Ordered-set aggregates have another default for what a final function may modify. */
    private static final String STEPS = String.join(
            ",\n",
            function("a.aggtransfn", "sfunc"),
            "pg_catalog.format_type(a.aggtranstype, NULL) AS stype",
            "NULLIF(a.aggtransspace, 0) AS sspace",
            function("a.aggfinalfn", "finalfunc"),
            flag("a.aggfinalextra", "finalfunc extra"),
            modify("a.aggfinalmodify", "finalfunc modify"),
            function("a.aggcombinefn", "combinefunc"),
            function("a.aggserialfn", "serialfunc"),
            function("a.aggdeserialfn", "deserialfunc"),
            function("a.aggmtransfn", "msfunc"),
            function("a.aggminvtransfn", "minvfunc"),
            "CASE WHEN a.aggmtranstype <> 0 THEN pg_catalog.format_type(a.aggmtranstype, NULL) END AS mstype",
            "NULLIF(a.aggmtransspace, 0) AS msspace",
            function("a.aggmfinalfn", "mfinalfunc"),
            flag("a.aggmfinalextra", "mfinalfunc extra"),
            modify("a.aggmfinalmodify", "mfinalfunc modify"),
            "a.agginitval AS initcond",
            "a.aggminitval AS minitcond",
            "CASE WHEN a.aggsortop <> 0 THEN a.aggsortop::pg_catalog.regoperator::text END AS sortop",
            flag("a.aggkind = 'h'", "hypothetical"));

    private Routines() {}

    static List<CatalogQuery> queries() {
        return List.of(code("function", "o.prokind IN ('f', 'w')"), code("procedure", "o.prokind = 'p'"), aggregates());
    }

    private static CatalogQuery code(String kind, String which) {
        return Kinds.inSchemas(
                kind, "pg_proc", "pronamespace", ALL + ",\n" + CODE, FROM_LANGUAGE, which + " AND " + NOT_OF_A_RANGE);
    }

    private static CatalogQuery aggregates() {
        return Kinds.inSchemas(
                "aggregate",
                "pg_proc",
                "pronamespace",
                ALL + ",\n" + STEPS,
                "JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = o.oid\n",
                "o.prokind = 'a'");
    }

    private static String modify(String column, String attribute) {
        return "CASE WHEN " + column + " <> CASE WHEN a.aggkind = 'n' THEN 'r' ELSE 'w' END::\"char\" THEN CASE "
                + column + " WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END AS \""
                + attribute + "\"";
    }
}
