package dev.belay.postgres.copies.internal;

import java.nio.charset.StandardCharsets;

/** Names of databases, no longer than the server's 63 bytes (PostgreSQL docs, 4.1.1: NAMEDATALEN). */
public final class Names {
    private static final int LIMIT = 63;

    private Names() {}

    /** {@code <database><suffix>}: the database's part is cut where both together are too long, the suffix never. */
    public static String of(String database, String suffix) {
        int room = LIMIT - suffix.getBytes(StandardCharsets.UTF_8).length;
        String cut = database;
        while (cut.getBytes(StandardCharsets.UTF_8).length > room) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut + suffix;
    }
}
