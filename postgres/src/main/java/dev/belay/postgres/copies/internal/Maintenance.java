package dev.belay.postgres.copies.internal;

import dev.belay.database.Database;
import dev.belay.postgres.connection.DatabaseUnreachableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A connection to another database of the same server: one can't be dropped or renamed from within. */
public final class Maintenance {
    /** As createdb and dropdb do (PostgreSQL docs, reference of createdb, --maintenance-db). */
    private static final List<String> USUAL = List.of("postgres", "template1");

    private Maintenance() {}

    public static Connection connect(Database database) throws SQLException {
        Exception last = null;
        for (String name : USUAL) {
            if (!name.equals(database.name())) {
                try {
                    return database.named(name).connect();
                } catch (SQLException | RuntimeException e) {
                    last = e;
                }
            }
        }
        throw new DatabaseUnreachableException(
                DatabaseUnreachableException.Reason.OTHER,
                "No maintenance database of the server of " + database.location() + " lets this user in: tried "
                        + String.join(", ", USUAL) + ". Grant CONNECT on one of them.",
                last == null ? new SQLException("none was tried") : last);
    }
}
