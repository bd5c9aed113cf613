package dev.belay.postgres.schema;

import dev.belay.postgres.snapshot.ReadOnly;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A session set up for reading the catalog: one snapshot, and every name in a definition qualified. */
final class CatalogSession {
    /** Compiling such queries takes longer than running them, and they are not to take more of the server than a session. */
    private static final Map<String, String> SETTINGS =
            new TreeMap<>(Map.of("jit", "off", "max_parallel_workers_per_gather", "0", "search_path", ""));

    private CatalogSession() {}

    /** What is read, given the server's version as in server_version_num. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Connection connection, int version) throws SQLException;
    }

    /** In a transaction of its own, or in the one that is open, whose settings are put back. */
    static <T> T read(Connection connection, Reading<T> reading) throws SQLException {
        if (!connection.getAutoCommit()) {
            Map<String, String> before = current(connection);
            int version = set(connection, SETTINGS);
            T result = reading.from(connection, version);
            set(connection, before);
            return result;
        }
        ReadOnly.begin(connection);
        try {
            return reading.from(connection, prepare(connection));
        } finally {
            ReadOnly.end(connection);
        }
    }

    /** After {@link ReadOnly#begin}; gives the server's version. */
    static int prepare(Connection connection) throws SQLException {
        return set(connection, SETTINGS);
    }

    private static int set(Connection connection, Map<String, String> settings) throws SQLException {
        String calls = "pg_catalog.set_config(?, ?, true), ".repeat(settings.size());
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT " + calls + "pg_catalog.current_setting('server_version_num')::int")) {
            int parameter = 1;
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.setString(parameter++, setting.getKey());
                statement.setString(parameter++, setting.getValue());
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(settings.size() + 1);
            }
        }
    }

    private static Map<String, String> current(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>(SETTINGS.keySet());
        String calls = String.join(", ", Collections.nCopies(names.size(), "pg_catalog.current_setting(?)"));
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + calls)) {
            for (int i = 0; i < names.size(); i++) {
                statement.setString(i + 1, names.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Map<String, String> values = new TreeMap<>();
                for (int i = 0; i < names.size(); i++) {
                    values.put(names.get(i), row.getString(i + 1));
                }
                return values;
            }
        }
    }
}
