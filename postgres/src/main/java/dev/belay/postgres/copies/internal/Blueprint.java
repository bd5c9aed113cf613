package dev.belay.postgres.copies.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Everything about a database that pg_dump leaves out without --create: encoding, locale, owner, settings, grants. */
public final class Blueprint {
    /** Columns that a version doesn't have are asked for through to_jsonb, which gives NULL for them. */
    private static final String DATABASE = """
            SELECT pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, pg_get_userbyid(d.datdba),
                   CASE WHEN d.dattablespace <> (SELECT dattablespace FROM pg_database WHERE datname = 'template0') THEN t.spcname ELSE '' END,
                   d.datconnlimit,
                   coalesce(j->>'datlocprovider', 'c'), coalesce(j->>'datlocale', j->>'daticulocale', ''), coalesce(j->>'daticurules', ''),
                   (d.datacl IS NOT NULL)::text
            FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace, to_jsonb(d) j
            WHERE d.datname = ?
            """;

    private static final String SETTINGS = """
            SELECT coalesce(pg_get_userbyid(nullif(s.setrole, 0)), ''), split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)
            FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) c
            WHERE d.datname = ?
            """;

    private static final String GRANTS = """
            SELECT a.privilege_type, CASE WHEN a.grantee = 0 THEN '' ELSE pg_get_userbyid(a.grantee) END, a.is_grantable::text
            FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = ?
            """;

    private final List<String> facts;
    private final List<List<String>> settings;
    private final List<List<String>> grants;

    private Blueprint(List<String> facts, List<List<String>> settings, List<List<String>> grants) {
        this.facts = facts;
        this.settings = settings;
        this.grants = grants;
    }

    public static Blueprint of(String database, Connection connection) throws SQLException {
        return new Blueprint(
                Sql.rows(connection, DATABASE, database).get(0),
                Sql.rows(connection, SETTINGS, database),
                Sql.rows(connection, GRANTS, database));
    }

    private String owner() {
        return facts.get(3);
    }

    /** Without the connection limit, which comes last: see {@link Birthmark}. */
    public String createStatement(String name) {
        return "CREATE DATABASE " + Sql.name(name) + " TEMPLATE template0 ENCODING " + Sql.literal(facts.get(0))
                + " LC_COLLATE "
                + Sql.literal(facts.get(1)) + " LC_CTYPE " + Sql.literal(facts.get(2)) + provider() + " OWNER "
                + Sql.name(owner()) + tablespace();
    }

    /** Who names the template's asks for a privilege on it, which few roles have; it is taken by itself. */
    private String tablespace() {
        return facts.get(4).isEmpty() ? "" : " TABLESPACE " + Sql.name(facts.get(4));
    }

    /** What a template doesn't pass on by itself: encoding, locale and tablespace it does. */
    String ownerOption() {
        return " OWNER " + Sql.name(owner());
    }

    /** Providers as in pg_database: c is libc, i is ICU (since 15), b is the built-in one (since 17). */
    private String provider() {
        String locale = Sql.literal(facts.get(7));
        return switch (facts.get(6)) {
            case "i" ->
                " LOCALE_PROVIDER icu ICU_LOCALE " + locale
                        + (facts.get(8).isEmpty() ? "" : " ICU_RULES " + Sql.literal(facts.get(8)));
            case "b" -> " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + locale;
            default -> "";
        };
    }

    /** Gives a new database, once it has its comment, the connection limit, the settings and grants of the original. */
    public void furnish(String name, Connection connection) throws SQLException {
        Sql.execute(connection, "ALTER DATABASE " + Sql.name(name) + " CONNECTION LIMIT " + facts.get(5));
        for (List<String> setting : settings) {
            furnish(setting.get(0), setting.get(1), setting.get(2), name, connection);
        }
        for (String grant : grantStatements(name)) {
            Sql.execute(connection, grant);
        }
    }

    /** By way of the current value: the server alone knows which settings are lists, and how their elements are quoted. */
    private static void furnish(String role, String key, String value, String name, Connection connection)
            throws SQLException {
        String whose = role.isEmpty()
                ? "ALTER DATABASE " + Sql.name(name)
                : "ALTER ROLE " + Sql.name(role) + " IN DATABASE " + Sql.name(name);
        connection.setAutoCommit(false);
        try {
            Sql.rows(connection, "SELECT set_config(?, ?, true)", key, value);
            Sql.execute(connection, whose + " SET " + settingName(key) + " FROM CURRENT");
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** An extension's setting has two parts, each an identifier. */
    private static String settingName(String key) {
        List<String> parts = new ArrayList<>();
        for (String part : key.split("\\.", -1)) {
            parts.add(Sql.name(part));
        }
        return String.join(".", parts);
    }

    private List<String> grantStatements(String name) {
        List<String> statements = new ArrayList<>();
        if (!facts.get(9).equals("true")) {
            return statements;
        }
        String on = " ON DATABASE " + Sql.name(name);
        statements.add("REVOKE ALL" + on + " FROM PUBLIC, " + Sql.name(owner()));
        for (List<String> grant : grants) {
            String grantee = grant.get(1).isEmpty() ? "PUBLIC" : Sql.name(grant.get(1));
            String option = grant.get(2).equals("true") ? " WITH GRANT OPTION" : "";
            statements.add("GRANT " + grant.get(0) + on + " TO " + grantee + option);
        }
        return statements;
    }
}
