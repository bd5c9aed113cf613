package dev.belay.postgres.schema;

import dev.belay.database.Database;
import dev.belay.postgres.schema.catalog.Fingerprints;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Has the server make a fingerprint of its catalog. */
final class FingerprintReader {
    /** The columns of the catalogs are the same in all databases of a version. */
    private static final Map<Integer, SortedMap<String, SortedMap<String, String>>> CATALOGS =
            new ConcurrentHashMap<>();

    private FingerprintReader() {}

    enum Kind {
        WRITES {
            @Override
            String sql(SortedMap<String, SortedMap<String, String>> catalogs, int version) {
                return Fingerprints.ofWrites(catalogs, version);
            }
        },
        CONTENTS {
            @Override
            String sql(SortedMap<String, SortedMap<String, String>> catalogs, int version) {
                return Fingerprints.ofContents(catalogs, version);
            }
        };

        abstract String sql(SortedMap<String, SortedMap<String, String>> catalogs, int version);

        /** As a fingerprint begins with it. */
        String prefix() {
            return name().toLowerCase(Locale.ROOT) + "-";
        }
    }

    static SchemaFingerprint read(Database database, Kind kind) {
        try (Connection connection = database.connect()) {
            return CatalogSession.read(connection, (session, version) -> read(session, version, kind));
        } catch (SQLException e) {
            throw new SchemaUnreadableException(database.location(), e);
        }
    }

    static SchemaFingerprint read(Connection connection, Kind kind) {
        try {
            return CatalogSession.read(connection, (session, version) -> read(session, version, kind));
        } catch (SQLException e) {
            throw new SchemaUnreadableException("the database", e);
        }
    }

    private static SchemaFingerprint read(Connection connection, int version, Kind kind) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            SortedMap<String, SortedMap<String, String>> catalogs = CATALOGS.get(version);
            if (catalogs == null) {
                catalogs = catalogs(statement);
                CATALOGS.put(version, catalogs);
            }
            try (ResultSet row = statement.executeQuery(kind.sql(catalogs, version))) {
                row.next();
                return new SchemaFingerprint(kind.prefix() + row.getString(1));
            }
        }
    }

    private static SortedMap<String, SortedMap<String, String>> catalogs(Statement statement) throws SQLException {
        SortedMap<String, SortedMap<String, String>> catalogs = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery(Fingerprints.SHAPES)) {
            while (rows.next()) {
                catalogs.computeIfAbsent(rows.getString(1), none -> new TreeMap<>())
                        .put(rows.getString(2), rows.getString(3));
            }
        }
        return catalogs;
    }
}
