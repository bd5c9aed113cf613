package dev.belay.postgres.schema;

import java.util.List;
import java.util.stream.Stream;

/** How the server itself identifies everything in a database. */
final class Identities {
    /** Before PostgreSQL 16 a transform's has a word more. */
    private static final String NAME = "CASE i.type WHEN 'transform'"
            + " THEN pg_catalog.replace(i.identity, ' on language ', ' language ') ELSE i.identity END";

    static final List<String> QUERIES = Stream.concat(
                    Stream.of(
                                    "pg_class",
                                    "pg_constraint",
                                    "pg_statistic_ext",
                                    "pg_rewrite",
                                    "pg_trigger",
                                    "pg_policy",
                                    "pg_namespace",
                                    "pg_extension",
                                    "pg_language",
                                    "pg_am",
                                    "pg_collation",
                                    "pg_conversion",
                                    "pg_type",
                                    "pg_proc",
                                    "pg_operator",
                                    "pg_opfamily",
                                    "pg_opclass",
                                    "pg_cast",
                                    "pg_transform",
                                    "pg_ts_parser",
                                    "pg_ts_template",
                                    "pg_ts_dict",
                                    "pg_ts_config",
                                    "pg_foreign_data_wrapper",
                                    "pg_foreign_server",
                                    "pg_user_mapping",
                                    "pg_publication",
                                    "pg_subscription",
                                    "pg_event_trigger",
                                    "pg_default_acl")
                            .map(catalog -> "SELECT i.type, " + NAME + " FROM pg_catalog." + catalog
                                    + " x, pg_catalog.pg_identify_object(x.tableoid, x.oid, 0) i"),
                    Stream.of("SELECT 'column', i.identity FROM pg_catalog.pg_attribute x,"
                            + " pg_catalog.pg_identify_object('pg_catalog.pg_class'::regclass, x.attrelid, x.attnum) i"
                            + " WHERE x.attnum > 0 AND NOT x.attisdropped"))
            .toList();

    private Identities() {}

    /** Their word for a kind in ours. */
    static String kind(String type) {
        return switch (type) {
            case "table constraint", "domain constraint" -> "constraint";
            case "statistics object" -> "statistics";
            case "foreign-data wrapper" -> "foreign data wrapper";
            case "default acl" -> "default privileges";
            default -> type;
        };
    }

    /** To the server a domain is a type. */
    static String kind(ObjectKind kind) {
        return (kind == ObjectKind.DOMAIN ? ObjectKind.TYPE : kind).label();
    }
}
