package dev.belay.postgres.schema;

import dev.belay.database.Database;
import java.sql.Connection;
import java.util.Objects;

/**
 * One short value that the server makes of its catalog, so that "is the schema what it was?" costs a fraction of a snapshot.
 * Immutable. There are two kinds, which are never equal to each other.
 *
 * <p>{@link #ofWrites} is the quickest, for a check at startup: it tells that nothing was written to the catalog since.
 *
 * <ul>
 *   <li>Equal values mean that nothing was changed in between, and that the snapshots are equal.
 *   <li>Another value means that something was written, which may have been taken back: then compare snapshots.
 *   <li>It is another one in each database, and after a restore, {@code pg_upgrade}, or {@code VACUUM FULL} of a catalog.
 *   <li>Roles, tablespaces and subscriptions count, of all databases of the server, and so does Belay's own schema.
 * </ul>
 *
 * <p>{@link #ofContents} reads what the rows of the catalog say, for comparing two instants of one database between which
 * something was done and undone.
 *
 * <ul>
 *   <li>Equal values of one database, or of one and a copy made by {@code CREATE DATABASE ... TEMPLATE} or of the server's
 *       files, mean that the snapshots are equal.
 *   <li>Another value doesn't mean that they differ: what was dropped and created again has another number inside.
 *   <li>Of databases that were restored or created apart it says nothing.
 * </ul>
 *
 * <p>Neither sees what a snapshot doesn't see, such as secrets. Both are made of 64-bit hashes, one per catalog: that a change
 * goes unseen by chance is as unlikely as guessing one of these. They need no privilege, lock nothing, and take one query,
 * after one for the shape of the catalogs the first time that this JVM sees a server of a version.
 *
 * @param value its kind and a hash in hexadecimal
 * @since 0.1
 */
public record SchemaFingerprint(String value) {
    /** Checks that it is there. */
    public SchemaFingerprint {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Of what was written to a database's catalog. Changes nothing.
     *
     * @throws SchemaUnreadableException when the server refuses
     */
    public static SchemaFingerprint ofWrites(Database database) {
        return FingerprintReader.read(database, FingerprintReader.Kind.WRITES);
    }

    /** The same through this connection, in its transaction if one is open; leaves the session's settings as they were. */
    public static SchemaFingerprint ofWrites(Connection connection) {
        return FingerprintReader.read(connection, FingerprintReader.Kind.WRITES);
    }

    /**
     * Of what a database's catalog says. Changes nothing.
     *
     * @throws SchemaUnreadableException when the server refuses
     */
    public static SchemaFingerprint ofContents(Database database) {
        return FingerprintReader.read(database, FingerprintReader.Kind.CONTENTS);
    }

    /** The same through this connection, in its transaction if one is open; leaves the session's settings as they were. */
    public static SchemaFingerprint ofContents(Connection connection) {
        return FingerprintReader.read(connection, FingerprintReader.Kind.CONTENTS);
    }

    @Override
    public String toString() {
        return value;
    }
}
