package dev.belay.postgres.copies.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database that an earlier run made and didn't drop.
 *
 * @param name its name
 * @param marked whether it has its comment; one that has not is new, and nobody has anything to do in it
 */
public record Leftover(String name, boolean marked) {
    private static final String OBJECT_IN_USE = "55006";

    /** The query whose rows may be leftovers of runs on a database. The comments are looked up only of those whose names are like ours. */
    public static String suspects(String original) {
        return """
                SELECT d.datname, coalesce(d.comment, '') FROM (
                    SELECT datname, datconnlimit, pg_catalog.shobj_description(oid, 'pg_database') AS comment
                    FROM pg_catalog.pg_database
                    WHERE pg_catalog.strpos(datname, '_belay_') > 0 OR pg_catalog.strpos(datname, '_backup_') > 0) d
                WHERE d.comment LIKE '{"belay":"scratch"%%' OR d.comment IS NULL AND d.datconnlimit = %d
                """.formatted(Birthmark.of(original));
    }

    /** Those that are, of the query's rows. */
    public static List<Leftover> of(String original, ResultSet suspects) throws SQLException {
        List<Leftover> found = new ArrayList<>();
        while (suspects.next()) {
            String name = suspects.getString(1);
            Optional<Marker> marker = Marker.in(suspects.getString(2));
            boolean ours =
                    marker.map(m -> m.database().equals(original)).orElseGet(() -> Birthmark.isNameFor(original, name));
            if (ours) {
                found.add(new Leftover(name, marker.isPresent()));
            }
        }
        return found;
    }

    /** Those of runs on a database. */
    public static List<Leftover> of(String original, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(suspects(original))) {
                return of(original, row);
            }
        }
    }

    /** Drops it, and says so. */
    public String drop(Connection connection) throws SQLException {
        try {
            Sql.execute(connection, "DROP DATABASE IF EXISTS " + Sql.name(name) + (marked ? " WITH (FORCE)" : ""));
            return "Dropped the scratch database " + name + ", which an earlier run left behind.";
        } catch (SQLException e) {
            if (marked || !OBJECT_IN_USE.equals(e.getSQLState())) {
                throw e;
            }
            return "Database " + name
                    + " looks like one that an earlier run left behind, but somebody is connected to"
                    + " it: it was not dropped. If nobody needs it: DROP DATABASE.";
        }
    }
}
