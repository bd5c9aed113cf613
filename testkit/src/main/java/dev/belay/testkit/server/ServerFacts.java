package dev.belay.testkit.server;

import dev.belay.testkit.server.PostgresServer.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the server says of itself. */
record ServerFacts(String version, int majorVersion, boolean superuser) {

    static ServerFacts askedOf(Endpoint endpoint) throws SQLException {
        try (Connection connection = endpoint.connect(endpoint.database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,"
                                + " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)")) {
            row.next();
            // Debian adds its package's version in brackets: "15.13 (Debian 15.13-0+deb12u1)".
            return new ServerFacts(row.getString(1).replaceAll(" .*", ""), row.getInt(2), row.getBoolean(3));
        }
    }
}
