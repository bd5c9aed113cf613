package dev.belay.postgres.revision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as whole numbers: a start reads one for each revision, and the text of a timestamp takes long to read. */
public final class Micros {
    private Micros() {}

    /** The microseconds since 1970, as SQL; a timestamp without a time zone is taken in the session's, which is the JVM's. */
    public static String of(String column) {
        return "(extract(epoch from " + column + "::timestamptz) * 1000000)::bigint";
    }

    /** A value of {@link #of}; null is 1970. */
    public static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
    }
}
