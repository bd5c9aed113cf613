package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Sql.comment;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.owner;
import static dev.belay.postgres.schema.catalog.Sql.securityLabels;
import static dev.belay.postgres.schema.catalog.Sql.sorted;

import java.util.List;

/** Tables, views, foreign tables and sequences. */
final class Relations {
    private static final String RELATION = """
            SELECT pg_catalog.format('%%I.%%I', n.nspname, c.relname), NULL::text,
                   %1$s, %2$s, %3$s, %4$s,
                   CASE c.relpersistence WHEN 'u' THEN 'unlogged' END AS persistence,
                   CASE WHEN m.amname <> 'heap' OR c.relkind = 'p' THEN m.amname END AS "access method",
                   s.spcname AS tablespace,
                   CASE WHEN c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL THEN
                        (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o COLLATE "C") FROM (
                            SELECT pg_catalog.unnest(c.reloptions) UNION ALL
                            SELECT 'toast.' || pg_catalog.unnest(t.reloptions)) x(o)) END AS options,
                   CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS "partition key",
                   CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS "partition bound",
                   (SELECT pg_catalog.string_agg(i.inhparent::pg_catalog.regclass::text, ', ' ORDER BY i.inhseqno)
                    FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid) AS parents,
                   CASE WHEN c.relrowsecurity THEN 'enabled' END AS "row security",
                   CASE WHEN c.relforcerowsecurity THEN 'forced' END AS "force row security",
                   CASE WHEN c.relkind IN ('r', 'p', 'm') THEN
                        CASE c.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing'
                             WHEN 'i' THEN (SELECT 'index ' || i.indexrelid::pg_catalog.regclass::text
                                            FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisreplident) END
                   END AS "replica identity",
                   CASE WHEN c.relispartition AND c.relhastriggers THEN
                        (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(g.tgname) || ' ' || CASE g.tgenabled
                                WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'enabled' END, ', '
                                ORDER BY g.tgname)
                         FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_trigger p ON p.oid = g.tgparentid
                         WHERE g.tgrelid = c.oid AND g.tgname = p.tgname AND g.tgenabled <> p.tgenabled) END AS "parent's triggers",
                   CASE WHEN c.reloftype <> 0 THEN c.reloftype::pg_catalog.regtype::text END AS "of type",
                   CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,
                   f.srvname AS server,
                   %8$s AS "foreign options",
                   (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum)
                    FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
                       AS "column order"
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
            LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
            LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
            LEFT JOIN pg_catalog.pg_foreign_table ft ON ft.ftrelid = c.oid
            LEFT JOIN pg_catalog.pg_foreign_server f ON f.oid = ft.ftserver
            WHERE c.relkind = ANY ('{%5$s}') AND %6$s AND %7$s
            """;

    private static final String SEQUENCES = """
            SELECT pg_catalog.format('%%I.%%I', n.nspname, c.relname),
                   o.refobjid::pg_catalog.regclass::text,
                   %1$s, %2$s, %3$s, %4$s,
                   CASE c.relpersistence WHEN 'u' THEN 'unlogged' END AS persistence,
                   pg_catalog.format_type(q.seqtypid, NULL) AS type,
                   q.seqstart AS start, q.seqincrement AS increment, q.seqmin AS minimum, q.seqmax AS maximum,
                   q.seqcache AS cache, CASE WHEN q.seqcycle THEN 'true' END AS cycle,
                   o.refobjid::pg_catalog.regclass::text || '.' || pg_catalog.quote_ident(a.attname) AS "owned by"
            FROM pg_catalog.pg_sequence q
            JOIN pg_catalog.pg_class c ON c.oid = q.seqrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_depend o ON o.objid = c.oid AND o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                 AND o.refclassid = o.classid AND o.deptype IN ('a', 'i') AND o.refobjsubid > 0
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
            WHERE %5$s AND %6$s
            """;

    private Relations() {}

    static List<CatalogQuery> queries() {
        return List.of(
                relations("table", "r,p"),
                relations("foreign table", "f"),
                relations("view", "v"),
                relations("materialized view", "m"),
                new CatalogQuery(
                        "sequence",
                        SEQUENCES.formatted(
                                owner("c.relowner"),
                                grants("c.relacl", "s", "c.relowner"),
                                comment("pg_class", "c.oid"),
                                securityLabels("pg_class", "c.oid"),
                                ours("n"),
                                notOfExtension("pg_class", "c.oid"))));
    }

    private static CatalogQuery relations(String kind, String relkinds) {
        return new CatalogQuery(
                kind,
                RELATION.formatted(
                        owner("c.relowner"),
                        grants("c.relacl", "r", "c.relowner"),
                        comment("pg_class", "c.oid"),
                        securityLabels("pg_class", "c.oid"),
                        relkinds,
                        ours("n"),
                        notOfExtension("pg_class", "c.oid"),
                        sorted("ft.ftoptions")));
    }
}
