package dev.belay.postgres.schema;

import dev.belay.database.SchemaPicture;
import java.sql.Connection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads a schema by a fixed number of queries, however large it is. */
public final class SchemaReader {
    private SchemaReader() {}

    /** In the transaction that is open on the connection, with an empty search path so that every name is qualified. */
    public static SchemaPicture read(Connection connection) {
        DSLContext sql = Jooq.on(connection);
        SortedMap<String, String> objects = new TreeMap<>();
        for (String query : SchemaQueries.ALL) {
            for (Record row : sql.fetch(query)) {
                objects.put(text(row, 0), text(row, 1));
            }
        }
        return new SchemaPicture(objects);
    }

    private static String text(Record row, int field) {
        String value = row.get(field, String.class);
        return value == null ? "" : value;
    }
}
