package dev.belay.postgres.schema.catalog;

import static dev.belay.postgres.schema.catalog.Kinds.function;
import static dev.belay.postgres.schema.catalog.Sql.grants;
import static dev.belay.postgres.schema.catalog.Sql.notOfExtension;
import static dev.belay.postgres.schema.catalog.Sql.owner;

import java.util.List;

/** Foreign-data wrappers, servers and user mappings. */
final class ForeignData {
    /** Options of wrappers and servers are settings, except for those that sound like a secret. */
    private static final String LOOKS_SECRET =
            "p.option_name ~* '(pass|secret|token|credential|private|api_?key|access_?key)'";

    /** Options of user mappings are secrets, except for those known not to be (postgres_fdw and its kin). */
    private static final String NOT_KNOWN =
            "p.option_name <> ALL ('{user,username,password_required,sslcert,sslkey,use_scram_passthrough}')";

    private static final String WRAPPER = String.join(
            ",\n",
            owner("o.fdwowner"),
            grants("o.fdwacl", "F", "o.fdwowner"),
            function("o.fdwhandler", "handler"),
            function("o.fdwvalidator", "validator"),
            options("o.fdwoptions", LOOKS_SECRET));

    private static final String SERVER = String.join(
            ",\n",
            owner("o.srvowner"),
            grants("o.srvacl", "S", "o.srvowner"),
            Kinds.identity("pg_foreign_data_wrapper", "o.srvfdw") + " AS wrapper",
            "o.srvtype AS type",
            "o.srvversion AS version",
            options("o.srvoptions", LOOKS_SECRET));

    /** From the view, since not everybody may read the table; a part of its server. */
    private static final String MAPPINGS = """
            SELECT pg_catalog.format('%%s on server %%s',
                       CASE WHEN o.umuser = 0 THEN 'public' ELSE pg_catalog.quote_ident(o.usename) END, pg_catalog.quote_ident(o.srvname)),
                   pg_catalog.quote_ident(o.srvname), %s
            FROM pg_catalog.pg_user_mappings o
            WHERE %s
            """;

    private ForeignData() {}

    static List<CatalogQuery> queries() {
        return List.of(
                Kinds.global("foreign data wrapper", "pg_foreign_data_wrapper", WRAPPER, "true"),
                Kinds.global("server", "pg_foreign_server", SERVER, "true"),
                new CatalogQuery(
                        "user mapping",
                        MAPPINGS.formatted(
                                options("o.umoptions", NOT_KNOWN), notOfExtension("pg_foreign_server", "o.srvid"))));
    }

    /** A secret's name is shown, its value isn't. */
    private static String options(String column, String secret) {
        return "(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(p.option_name) || ' ' || CASE WHEN " + secret
                + " THEN '(not shown)' ELSE pg_catalog.quote_literal(p.option_value) END, ', '"
                + " ORDER BY p.option_name COLLATE \"C\") FROM pg_catalog.pg_options_to_table(" + column
                + ") p) AS options";
    }
}
