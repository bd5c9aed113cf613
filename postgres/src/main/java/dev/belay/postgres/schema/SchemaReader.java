package dev.belay.postgres.schema;

import dev.belay.database.Database;
import dev.belay.postgres.schema.catalog.Catalog;
import dev.belay.postgres.schema.catalog.CatalogQuery;
import dev.belay.postgres.snapshot.ReadOnly;
import dev.belay.postgres.snapshot.Together;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads a schema by a fixed number of queries, however large it is. */
final class SchemaReader {
    /** The queries are all CPU of the server: two sessions are worth it even where this machine has more processors. */
    private static final int SESSIONS = 2;

    private SchemaReader() {}

    static SchemaSnapshot read(Database database) {
        try (Connection first = database.connect()) {
            ReadOnly.begin(first);
            Queue<CatalogQuery> queries = new ConcurrentLinkedQueue<>(Catalog.queries(CatalogSession.prepare(first)));
            String snapshot = export(first);
            List<Callable<List<SchemaObject>>> readers = new ArrayList<>();
            readers.add(() -> read(first, queries));
            for (int i = 1; i < SESSIONS; i++) {
                readers.add(() -> readToo(database, snapshot, queries));
            }
            return new SchemaSnapshot(Together.run("belay-schema", readers, queries::clear).stream()
                    .flatMap(List::stream)
                    .toList());
        } catch (SQLException e) {
            throw new SchemaUnreadableException(database.location(), e);
        }
    }

    private static String export(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<SchemaObject> readToo(Database database, String snapshot, Queue<CatalogQuery> queries)
            throws SQLException {
        try (Connection connection = database.connect()) {
            ReadOnly.begin(connection, snapshot);
            CatalogSession.prepare(connection);
            return read(connection, queries);
        }
    }

    static SchemaSnapshot read(Connection connection) {
        try {
            return new SchemaSnapshot(CatalogSession.read(
                    connection,
                    (session, version) -> read(session, new ConcurrentLinkedQueue<>(Catalog.queries(version)))));
        } catch (SQLException e) {
            throw new SchemaUnreadableException("the database", e);
        }
    }

    /** By JDBC alone: jOOQ would ask the server for the tables behind the columns of each result, and keep each row twice. */
    private static List<SchemaObject> read(Connection connection, Queue<CatalogQuery> queries) throws SQLException {
        List<SchemaObject> objects = new ArrayList<>();
        for (CatalogQuery query = queries.poll(); query != null; query = queries.poll()) {
            // prepared: the driver has the server keep the plan when a connection looks often, which saves most of the
            // time then
            try (PreparedStatement statement = connection.prepareStatement(query.sql());
                    ResultSet rows = statement.executeQuery()) {
                read(ObjectKind.of(query.kind()), rows, objects);
            }
        }
        Collections.sort(objects); // here, where it is done by each session at once
        return objects;
    }

    /** The first column is the name, the second what it is a part of, each further one an attribute. */
    private static void read(ObjectKind kind, ResultSet rows, List<SchemaObject> objects) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        String[] names = new String[columns.getColumnCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = columns.getColumnLabel(i + 1);
        }
        while (rows.next()) {
            SortedMap<String, String> attributes = new TreeMap<>();
            for (int i = 2; i < names.length; i++) {
                String value = rows.getString(i + 1);
                if (value != null) {
                    attributes.put(names[i], value);
                }
            }
            String name = rows.getString(1);
            objects.add(new SchemaObject(
                    kind, name == null ? "" : name, Optional.ofNullable(rows.getString(2)), attributes));
        }
    }
}
