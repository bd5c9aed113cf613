package dev.belay.postgres.revision;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/** What tables are called in full. */
public final class TableNames {
    private static final String FULL = """
            select pg_catalog.format('%I.%I', n.nspname, c.relname)
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.oid = pg_catalog.to_regclass(?)
            """;

    private TableNames() {}

    /**
     * Those that are there, qualified and quoted where needed.
     *
     * @param names as they are written in SQL; what isn't qualified is looked up in the session's search path
     */
    public static Set<String> of(Connection connection, String... names) throws SQLException {
        Set<String> full = new LinkedHashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(FULL)) {
            for (String name : names) {
                statement.setString(1, name);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        full.add(row.getString(1));
                    }
                }
            }
        }
        return full;
    }
}
