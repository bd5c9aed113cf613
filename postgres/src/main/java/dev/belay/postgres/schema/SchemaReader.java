package dev.belay.postgres.schema;

import dev.belay.database.Database;
import dev.belay.postgres.schema.catalog.Catalog;
import dev.belay.postgres.schema.catalog.CatalogQuery;
import dev.belay.postgres.snapshot.Jooq;
import dev.belay.postgres.snapshot.ReadOnly;
import dev.belay.postgres.snapshot.SharedSnapshot;
import dev.belay.postgres.snapshot.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;

/** Reads a schema by a fixed number of queries, however large it is. */
final class SchemaReader {
    /** The queries are all CPU of the server: two sessions are worth it even where this machine has more processors. */
    private static final int SESSIONS = 2;

    private SchemaReader() {}

    static SchemaSnapshot read(Database database) {
        try (SharedSnapshot snapshot = SharedSnapshot.of(database)) {
            Queue<CatalogQuery> queries =
                    new ConcurrentLinkedQueue<>(Catalog.queries(snapshot.facts().serverVersion()));
            List<Callable<List<SchemaObject>>> readers = new ArrayList<>();
            readers.add(() -> read(snapshot.connection(), queries));
            for (int i = 1; i < SESSIONS; i++) {
                readers.add(() -> {
                    try (Connection joined = snapshot.join()) {
                        return read(joined, queries);
                    }
                });
            }
            return new SchemaSnapshot(Together.run("belay-schema", readers, queries::clear).stream()
                    .flatMap(List::stream)
                    .toList());
        } catch (SQLException e) {
            throw new SchemaUnreadableException(database.location(), e);
        } catch (DataAccessException e) {
            throw unreadable(database.location(), e);
        }
    }

    private static RuntimeException unreadable(String database, DataAccessException e) {
        SQLException cause = e.getCause(SQLException.class);
        return cause == null ? e : new SchemaUnreadableException(database, cause);
    }

    static SchemaSnapshot read(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                return readWithin(connection);
            }
            ReadOnly.begin(connection);
            try {
                return readAll(connection);
            } finally {
                ReadOnly.end(connection);
            }
        } catch (SQLException e) {
            throw new SchemaUnreadableException("the database", e);
        } catch (DataAccessException e) {
            throw unreadable("the database", e);
        }
    }

    private static SchemaSnapshot readWithin(Connection connection) {
        String path = String.valueOf(Jooq.on(connection)
                .fetchSingle("SELECT pg_catalog.current_setting('search_path')")
                .get(0));
        setPath(connection, "");
        SchemaSnapshot snapshot = readAll(connection);
        setPath(connection, path);
        return snapshot;
    }

    /** With an empty search path every name in a definition comes out qualified. */
    private static void setPath(Connection connection, String path) {
        Jooq.on(connection).execute("SELECT pg_catalog.set_config('search_path', ?, true)", path);
    }

    private static SchemaSnapshot readAll(Connection connection) {
        int version = Jooq.on(connection)
                .fetchSingle("SELECT pg_catalog.current_setting('server_version_num')::int")
                .get(0, int.class);
        return new SchemaSnapshot(read(connection, new ConcurrentLinkedQueue<>(Catalog.queries(version))));
    }

    private static List<SchemaObject> read(Connection connection, Queue<CatalogQuery> queries) {
        List<SchemaObject> objects = new ArrayList<>();
        for (CatalogQuery query = queries.poll(); query != null; query = queries.poll()) {
            ObjectKind kind = ObjectKind.of(query.kind());
            Result<Record> rows = Jooq.on(connection).fetch(query.sql());
            for (Record row : rows) {
                objects.add(object(kind, row));
            }
        }
        return objects;
    }

    /** The first column is the name, the second what it is a part of, each further one an attribute. */
    private static SchemaObject object(ObjectKind kind, Record row) {
        Field<?>[] fields = row.fields();
        SortedMap<String, String> attributes = new TreeMap<>();
        for (int i = 2; i < fields.length; i++) {
            String value = row.get(i, String.class);
            if (value != null) {
                attributes.put(fields[i].getName(), value);
            }
        }
        String name = row.get(0, String.class);
        return new SchemaObject(
                kind, name == null ? "" : name, Optional.ofNullable(row.get(1, String.class)), attributes);
    }
}
