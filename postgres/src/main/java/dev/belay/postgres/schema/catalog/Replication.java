package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Kinds.flag;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.ours;
import static dev.belay.postgres.schema.catalog.Sql.owner;
import static dev.belay.postgres.schema.catalog.Sql.securityLabels;

import java.util.List;

/** Publications and subscriptions. */
final class Replication {
    private static final int VERSION_15 = 150000;
    private static final int VERSION_16 = 160000;
    private static final int VERSION_17 = 170000;

    private static final String PUBLICATION = String.join(
            ",\n",
            owner("o.pubowner"),
            securityLabels("pg_publication", "o.oid"),
            flag("o.puballtables", "all tables"),
            """
            pg_catalog.concat_ws(', ', CASE WHEN o.pubinsert THEN 'insert' END, CASE WHEN o.pubupdate THEN 'update' END,
                CASE WHEN o.pubdelete THEN 'delete' END, CASE WHEN o.pubtruncate THEN 'truncate' END) AS publish\
            """,
            flag("o.pubviaroot", "publish via partition root"),
            """
            CASE pg_catalog.to_jsonb(o) ->> 'pubgencols' WHEN 's' THEN 'stored' END AS "publish generated columns"\
            """);

    private static final String TABLES = """
            (SELECT pg_catalog.string_agg(m.member, ', ' ORDER BY m.member COLLATE "C")
             FROM (SELECT pg_catalog.format('%%I.%%I', n.nspname, c.relname) %1$s AS member
                   FROM pg_catalog.pg_publication_rel r
                   JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
                   JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                   WHERE r.prpubid = o.oid AND %2$s AND %3$s) m) AS tables
            """.strip();

    private static final String COLUMNS_AND_ROWS = """
            || COALESCE((SELECT ' (' || pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attname COLLATE "C") || ')'
                         FROM pg_catalog.pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)), '')
            || COALESCE(' where ' || pg_catalog.pg_get_expr(r.prqual, r.prrelid), '')""";

    private static final String SCHEMAS = """
            (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(n.nspname), ', ' ORDER BY n.nspname COLLATE "C")
             FROM pg_catalog.pg_publication_namespace r
             JOIN pg_catalog.pg_namespace n ON n.oid = r.pnnspid
             WHERE r.pnpubid = o.oid AND %s) AS schemas
            """.strip();

    private Replication() {}

    static List<CatalogQuery> queries(int version) {
        return List.of(
                Kinds.global("publication", "pg_publication", publication(version), "true"), subscriptions(version));
    }

    static CatalogQuery subscriptions(int version) {
        return Kinds.global(
                "subscription",
                "pg_subscription",
                subscription(version),
                "o.subdbid = (SELECT b.oid FROM pg_catalog.pg_database b"
                        + " WHERE b.datname = pg_catalog.current_database())");
    }

    private static String publication(int version) {
        boolean members = version >= VERSION_15;
        String tables =
                TABLES.formatted(members ? COLUMNS_AND_ROWS : "", ours("n"), notOfExtension("pg_class", "c.oid"));
        return PUBLICATION + ",\n" + tables + (members ? ",\n" + SCHEMAS.formatted(ours("n")) : "");
    }

    /** Column by column, since not everybody may read the one with the connection string. */
    private static String subscription(int version) {
        StringBuilder attributes = new StringBuilder(
                String.join(
                        ",\n",
                        owner("o.subowner"),
                        """
                (SELECT pg_catalog.string_agg(l.provider || ': ' || l.label, ', ' ORDER BY l.provider COLLATE "C")
                 FROM pg_catalog.pg_shseclabel l
                 WHERE l.classoid = 'pg_catalog.pg_subscription'::pg_catalog.regclass AND l.objoid = o.oid) AS "security label",
                pg_catalog.array_to_string(o.subpublications, ', ') AS publications,
                COALESCE(pg_catalog.quote_ident(o.subslotname), 'none') AS slot,
                NULLIF(o.subsynccommit, 'off') AS "synchronous commit"\
                """,
                        flag("o.subbinary", "binary"),
                        "CASE o.substream::text WHEN 'true' THEN 'on' WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel' END AS streaming"));
        if (version >= VERSION_15) {
            attributes.append(",\n").append(flag("o.subtwophasestate <> 'd'", "two phase"));
            attributes.append(",\n").append(flag("o.subdisableonerr", "disable on error"));
        }
        if (version >= VERSION_16) {
            attributes
                    .append(",\n")
                    .append("CASE WHEN NOT o.subpasswordrequired THEN 'false' END AS \"password required\"");
            attributes.append(",\n").append(flag("o.subrunasowner", "run as owner"));
            attributes.append(",\n").append("NULLIF(o.suborigin, 'any') AS origin");
        }
        if (version >= VERSION_17) {
            attributes.append(",\n").append(flag("o.subfailover", "failover"));
        }
        return attributes.toString();
    }
}
