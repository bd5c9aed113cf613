package dev.belay.postgres.lossless;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lets go of what was kept too long ago. */
public final class Retention {
    private Retention() {}

    /** Drops what was kept before an instant; in one transaction. */
    public static void drop(Connection connection, Instant before) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                return;
            }
            for (long id : old(connection, before)) {
                statement.execute("drop table if exists belay.kept_" + id);
                statement.execute("delete from belay.kept where id = " + id);
            }
            connection.commit();
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(Store.EXISTS)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static List<Long> old(Connection connection, Instant before) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select id from belay.kept where kept_at < ? order by id")) {
            query.setTimestamp(1, Timestamp.from(before));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
        }
        return ids;
    }
}
