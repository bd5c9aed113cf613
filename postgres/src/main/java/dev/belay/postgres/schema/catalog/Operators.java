package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Kinds.flag;
import static dev.belay.postgres.schema.catalog.Kinds.function;
import static dev.belay.postgres.schema.catalog.Sql.owner;

import java.util.List;

/** Operators, their families and classes. */
final class Operators {
    private static final String OPERATOR = String.join(
            ",\n",
            owner("o.oprowner"),
            function("o.oprcode", "function"),
            operator("o.oprcom", "commutator"),
            operator("o.oprnegate", "negator"),
            function("o.oprrest", "restrict"),
            function("o.oprjoin", "join"),
            flag("o.oprcanhash", "hashes"),
            flag("o.oprcanmerge", "merges"));

    /** Members by whom they go with: those that go with a class are the class's, the family has the others. */
    private static final String MEMBERS = """
            (SELECT pg_catalog.string_agg(m.member, ', ' ORDER BY m.place, m.member COLLATE "C")
             FROM (SELECT p.amopstrategy AS place, pg_catalog.format('%%s %%s%%s', p.amopstrategy,
                          p.amopopr::pg_catalog.regoperator, ' for order by ' || %2$s) AS member
                   FROM pg_catalog.pg_depend d
                   JOIN pg_catalog.pg_amop p ON p.oid = d.objid
                   WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
                     AND d.refclassid = 'pg_catalog.%1$s'::pg_catalog.regclass AND d.refobjid = o.oid
                     AND p.amopopr <> 0) m) AS operators,
            (SELECT pg_catalog.string_agg(m.member, ', ' ORDER BY m.place, m.member COLLATE "C")
             FROM (SELECT p.amprocnum AS place, pg_catalog.format('%%s (%%s, %%s) %%s', p.amprocnum,
                          pg_catalog.format_type(p.amproclefttype, NULL), pg_catalog.format_type(p.amprocrighttype, NULL),
                          p.amproc::pg_catalog.oid::pg_catalog.regprocedure) AS member
                   FROM pg_catalog.pg_depend d
                   JOIN pg_catalog.pg_amproc p ON p.oid = d.objid
                   WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
                     AND d.refclassid = 'pg_catalog.%1$s'::pg_catalog.regclass AND d.refobjid = o.oid) m) AS functions
            """.strip();

    private static final String FAMILY = """
            (SELECT pg_catalog.format('%%I.%%I', s.nspname, f.opfname) FROM pg_catalog.pg_opfamily f
             JOIN pg_catalog.pg_namespace s ON s.oid = f.opfnamespace WHERE f.oid = %s)""";

    private static final String CLASS = String.join(
            ",\n",
            owner("o.opcowner"),
            "pg_catalog.format_type(o.opcintype, NULL) AS type",
            flag("o.opcdefault", "default"),
            FAMILY.formatted("o.opcfamily") + " AS family",
            "CASE WHEN o.opckeytype <> 0 THEN pg_catalog.format_type(o.opckeytype, NULL) END AS storage",
            members("pg_opclass"));

    private Operators() {}

    static List<CatalogQuery> queries() {
        return List.of(
                Kinds.inSchemas("operator", "pg_operator", "oprnamespace", OPERATOR, "", "o.oprcode <> 0"),
                Kinds.inSchemas(
                        "operator family",
                        "pg_opfamily",
                        "opfnamespace",
                        owner("o.opfowner") + ",\n" + members("pg_opfamily"),
                        "",
                        "true"),
                Kinds.inSchemas("operator class", "pg_opclass", "opcnamespace", CLASS, "", "true"));
    }

    private static String members(String catalog) {
        return MEMBERS.formatted(catalog, FAMILY.formatted("p.amopsortfamily"));
    }

    private static String operator(String column, String attribute) {
        return "CASE WHEN " + column + " <> 0 THEN " + column + "::pg_catalog.regoperator::text END AS " + attribute;
    }
}
