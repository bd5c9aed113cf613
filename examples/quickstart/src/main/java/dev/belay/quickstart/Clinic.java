package dev.belay.quickstart;

import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A clinic's database: a few thousand made-up patients, their appointments, and the users who see them. */
final class Clinic {
    static final List<String> TABLES = List.of("users", "patients", "appointments");

    private final PostgresServer server;
    private final String database;

    private Clinic(PostgresServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Makes the database and fills it. */
    static Clinic openedOn(PostgresServer server) throws SQLException, IOException {
        Clinic clinic = new Clinic(server, server.createUniqueDatabase("clinic"));
        try (Connection connection = clinic.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(resource("/clinic/schema.sql"));
        }
        return clinic;
    }

    String database() {
        return database;
    }

    String url() {
        return server.jdbcUrl(database);
    }

    Connection connect() throws SQLException {
        return server.connect(database);
    }

    /** How many rows each table has. */
    Map<String, Long> rows() throws SQLException {
        return rowsOf(database);
    }

    /** How many rows each table of another database has, such as one that was kept after a restore. */
    Map<String, Long> rowsOf(String other) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = server.connect(other);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    result.next();
                    rows.put(table, result.getLong(1));
                }
            }
        }
        return rows;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Clinic.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
