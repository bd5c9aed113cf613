package dev.belay.postgres.carryover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Moves the sequences of the restored database behind those of the original, so that no number is given twice. */
final class Sequences {
    private static final String READ = """
            SELECT pg_catalog.format('%I.%I', schemaname, sequencename), last_value FROM pg_catalog.pg_sequences
            WHERE schemaname <> 'belay' AND last_value IS NOT NULL
            """;

    private static final String MOVE = """
            SELECT pg_catalog.setval(pg_catalog.format('%I.%I', schemaname, sequencename)::pg_catalog.regclass, v)
            FROM pg_catalog.pg_sequences, CAST(? AS bigint) v
            WHERE pg_catalog.format('%I.%I', schemaname, sequencename) = ? AND v BETWEEN min_value AND max_value
              AND (last_value IS NULL OR CASE WHEN increment_by > 0 THEN v > last_value ELSE v < last_value END)
            """;

    private Sequences() {}

    static void carry(Connection from, Connection into) throws SQLException {
        try (Statement read = from.createStatement();
                ResultSet rows = read.executeQuery(READ);
                PreparedStatement move = into.prepareStatement(MOVE)) {
            while (rows.next()) {
                move.setLong(1, rows.getLong(2));
                move.setString(2, rows.getString(1));
                move.executeQuery().close();
            }
        }
    }
}
