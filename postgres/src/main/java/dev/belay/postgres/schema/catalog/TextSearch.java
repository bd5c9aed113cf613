package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Kinds.function;
import static dev.belay.postgres.schema.catalog.Sql.owner;

import java.util.List;

/** Text search: parsers, templates, dictionaries, configurations. */
final class TextSearch {
    private static final String PARSER = String.join(
            ",\n",
            function("o.prsstart", "start"),
            function("o.prstoken", "gettoken"),
            function("o.prsend", "end"),
            function("o.prsheadline", "headline"),
            function("o.prslextype", "lextypes"));

    private static final String TEMPLATE = function("o.tmplinit", "init") + ",\n" + function("o.tmpllexize", "lexize");

    private static final String DICTIONARY = String.join(
            ",\n",
            owner("o.dictowner"),
            Kinds.identity("pg_ts_template", "o.dicttemplate") + " AS template",
            "o.dictinitoption AS options");

    /** Every parser numbers its token types as it likes: their names are what is shown. */
    private static final String CONFIGURATION =
            String.join(",\n", owner("o.cfgowner"), Kinds.identity("pg_ts_parser", "o.cfgparser") + " AS parser", """
            (SELECT pg_catalog.string_agg(t.alias || ': ' || m.dictionaries, '; ' ORDER BY t.tokid)
             FROM (SELECT a.maptokentype,
                          pg_catalog.string_agg(a.mapdict::pg_catalog.regdictionary::text, ', ' ORDER BY a.mapseqno) AS dictionaries
                   FROM pg_catalog.pg_ts_config_map a WHERE a.mapcfg = o.oid GROUP BY a.maptokentype) m
             JOIN pg_catalog.ts_token_type(o.cfgparser) t ON t.tokid = m.maptokentype) AS mappings""");

    private TextSearch() {}

    static List<CatalogQuery> queries() {
        return List.of(
                Kinds.inSchemas("text search parser", "pg_ts_parser", "prsnamespace", PARSER, "", "true"),
                Kinds.inSchemas("text search template", "pg_ts_template", "tmplnamespace", TEMPLATE, "", "true"),
                Kinds.inSchemas("text search dictionary", "pg_ts_dict", "dictnamespace", DICTIONARY, "", "true"),
                Kinds.inSchemas(
                        "text search configuration", "pg_ts_config", "cfgnamespace", CONFIGURATION, "", "true"));
    }
}
