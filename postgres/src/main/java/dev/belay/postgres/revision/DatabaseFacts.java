package dev.belay.postgres.revision;

import dev.belay.database.Database;
import dev.belay.revision.DatabaseScript;
import dev.belay.revision.Script;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What scripts may want to know about the database that they run in; asked at most once. Not safe for use by several threads. */
public final class DatabaseFacts {
    private final Database database;
    private @Nullable Map<String, String> facts;

    /** Of this database. */
    public DatabaseFacts(Database database) {
        this.database = database;
    }

    /** The script as it runs in the database. */
    public Script in(Script script) {
        return script instanceof DatabaseScript wants ? wants.in(facts()) : script;
    }

    private Map<String, String> facts() {
        Map<String, String> known = facts;
        if (known == null) {
            try (Connection connection = database.connect()) {
                known = of(connection);
            } catch (SQLException e) {
                throw new UnreadableScriptException(
                        "with the names of the database", new IOException(SafeError.describe(e, "")));
            }
            facts = known;
        }
        return known;
    }

    /** Asks. */
    public static Map<String, String> of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_user::text, pg_catalog.current_database()::text,"
                        + " coalesce(current_schema()::text, '')")) {
            row.next();
            return Map.of(
                    DatabaseScript.USER,
                    row.getString(1),
                    DatabaseScript.DATABASE,
                    row.getString(2),
                    DatabaseScript.SCHEMA,
                    row.getString(3));
        }
    }
}
