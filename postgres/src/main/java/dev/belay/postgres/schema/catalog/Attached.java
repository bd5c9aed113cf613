package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.comment;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;

import java.util.List;

/** What is attached to a relation: rules, triggers, policies. */
final class Attached {
    private static final String ENABLED =
            "CASE %s WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled";

    private static final String RULES = """
            SELECT pg_catalog.format('%%I on %%I.%%I', r.rulename, n.nspname, c.relname),
                   pg_catalog.format('%%I.%%I', n.nspname, c.relname),
                   pg_catalog.pg_get_ruledef(r.oid) AS definition,
                   %1$s, %2$s
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE r.rulename <> '_RETURN' AND %3$s AND %4$s
            """;

    /**
     * A partition's copy of its parent's trigger comes with it; that it is enabled otherwise is told of the partition. A trigger whose
     * function is in schema belay is Belay's own, there for as long as a run lasts.
     */
    private static final String TRIGGERS = """
            SELECT pg_catalog.format('%%I on %%I.%%I', g.tgname, n.nspname, c.relname),
                   pg_catalog.format('%%I.%%I', n.nspname, c.relname),
                   pg_catalog.pg_get_triggerdef(g.oid) AS definition,
                   %1$s, %2$s
            FROM pg_catalog.pg_trigger g
            JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND %3$s AND %4$s
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_proc o JOIN pg_catalog.pg_namespace b ON b.oid = o.pronamespace
                              WHERE o.oid = g.tgfoid AND b.nspname = 'belay')
            """;

    private static final String POLICIES = """
            SELECT pg_catalog.format('%%I on %%I.%%I', p.polname, n.nspname, c.relname),
                   pg_catalog.format('%%I.%%I', n.nspname, c.relname),
                   CASE WHEN NOT p.polpermissive THEN 'restrictive' END AS permissiveness,
                   CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete'
                   END AS command,
                   CASE WHEN p.polroles <> '{0}' THEN (SELECT pg_catalog.string_agg(pg_catalog.pg_get_userbyid(o), ', '
                        ORDER BY pg_catalog.pg_get_userbyid(o) COLLATE "C") FROM pg_catalog.unnest(p.polroles) o) END AS roles,
                   pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS "using",
                   pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS "with check",
                   %1$s
            FROM pg_catalog.pg_policy p
            JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE %2$s AND %3$s
            """;

    private Attached() {}

    static List<CatalogQuery> queries() {
        return List.of(
                new CatalogQuery(
                        "rule",
                        RULES.formatted(
                                ENABLED.formatted("r.ev_enabled"),
                                comment("pg_rewrite", "r.oid"),
                                ours("n"),
                                notOfExtension("pg_class", "c.oid"))),
                new CatalogQuery(
                        "trigger",
                        TRIGGERS.formatted(
                                ENABLED.formatted("g.tgenabled"),
                                comment("pg_trigger", "g.oid"),
                                ours("n"),
                                notOfExtension("pg_class", "c.oid"))),
                new CatalogQuery(
                        "policy",
                        POLICIES.formatted(
                                comment("pg_policy", "p.oid"), ours("n"), notOfExtension("pg_class", "c.oid"))));
    }
}
