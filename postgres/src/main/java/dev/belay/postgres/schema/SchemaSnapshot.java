package dev.belay.postgres.schema;

import dev.belay.database.Database;
import dev.belay.database.SchemaDifference;
import dev.belay.database.SchemaPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * Everything that {@code pg_dump --schema-only} would show of a database, as data: the same schema gives an equal snapshot and
 * the same JSON, whatever the order in which its objects were made, on any server of the same major version. Immutable.
 *
 * <p>Left out are Belay's own schema, the system's objects, and the members of extensions. Secrets of user mappings and
 * subscriptions are left out too, and whether they differ is not seen.
 *
 * @param objects sorted by kind, then by name
 * @since 0.1
 */
public record SchemaSnapshot(List<SchemaObject> objects) implements SchemaPicture {
    /** Sorts and copies. */
    public SchemaSnapshot {
        objects = objects.stream().sorted().toList();
    }

    /**
     * Takes one of a database, by a fixed number of queries of one snapshot of it, through several connections. Changes nothing.
     *
     * @throws SchemaUnreadableException when the server refuses
     */
    public static SchemaSnapshot of(Database database) {
        return SchemaReader.read(database);
    }

    /**
     * Takes one through this connection: of what the transaction sees when one is open, else of a snapshot of its own. Leaves
     * the session's settings as they were.
     *
     * @throws SchemaUnreadableException when the server refuses
     */
    public static SchemaSnapshot of(Connection connection) {
        return SchemaReader.read(connection);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws SnapshotFileException when it can't be read or is no snapshot
     */
    public static SchemaSnapshot read(Path file) {
        return SchemaJson.read(file);
    }

    /** Writes {@link #toJson} into a file, which is there whole or not at all. */
    public void write(Path file) throws IOException {
        SchemaJson.write(this, file);
    }

    /** Canonical JSON: sorted, in UTF-8, a line per object. */
    public String toJson() {
        return SchemaJson.write(this);
    }

    /** An object by its kind and name. */
    public Optional<SchemaObject> find(ObjectKind kind, String name) {
        return objects.stream()
                .filter(object -> object.kind() == kind && object.name().equals(name))
                .findFirst();
    }

    /** {@inheritDoc} Sixty-four hexadecimal digits, by SHA-256. */
    @Override
    public String digest() {
        return SchemaJson.digest(this);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the other one is no snapshot of PostgreSQL
     */
    @Override
    public List<SchemaDifference> differencesTo(SchemaPicture after) {
        if (after instanceof SchemaSnapshot other) {
            return SchemaDiff.between(this, other);
        }
        throw new IllegalArgumentException("A snapshot can only be compared with another one, not with " + after);
    }
}
