package dev.belay.postgres.revision;

import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Belay's tables. Plain JDBC: a start with nothing to do shall not wait for jOOQ's classes to load. */
public final class RevisionHistory {
    /** Stored downgrades up to this length are fetched together. */
    private static final int FETCHED_AT_ONCE = 1 << 16;

    /**
     * A downgrade as it was stored when the revision was applied.
     *
     * @param length how many characters it has; -1 when none is stored
     * @param text its text when it is short
     * @param transactional whether it runs in a transaction
     * @param irreversible why there is none
     */
    public record Stored(long length, Optional<String> text, boolean transactional, Optional<String> irreversible) {}

    /**
     * How far a non-transactional revision has come.
     *
     * @param direction which way
     * @param done how many statements are done
     * @param running the one that was about to run outside a transaction when this was written; 0 for none
     * @param checksum of the script
     */
    public record Progress(Direction direction, int done, int running, String checksum) {}

    /** Whether the tables are there, as an expression. */
    static final String EXISTS = "(pg_catalog.to_regclass('belay.history') is not null"
            + " and pg_catalog.to_regclass('belay.progress') is not null)";

    /** The applied revisions, in the order in which they were applied. */
    static final String APPLIED = "select revision, pg_catalog.array_to_string(parents, ','), description,"
            + " checksum || coalesce(' ' || file_sha256, ''), " + Micros.of("applied_at")
            + ", stamped from belay.history order by seq";

    private RevisionHistory() {}

    /** Of the rows of {@link #APPLIED}. */
    static List<AppliedRevision> applied(ResultSet rows) throws SQLException {
        List<AppliedRevision> applied = new ArrayList<>();
        while (rows.next()) {
            applied.add(revision(rows));
        }
        return applied;
    }

    private static AppliedRevision revision(ResultSet row) throws SQLException {
        String parents = row.getString(2);
        return new AppliedRevision(
                row.getString(1),
                parents.isEmpty() ? List.of() : List.of(parents.split(",")),
                row.getString(3),
                row.getString(4),
                Micros.instant(row, 5),
                row.getBoolean(6));
    }

    /** The stored downgrades of these revisions, as far as they are applied. */
    public static Map<String, Stored> stored(Connection connection, List<String> revisions) throws SQLException {
        Map<String, Stored> found = new LinkedHashMap<>();
        String sql = """
                select revision, coalesce(pg_catalog.length(downgrade), -1),
                       case when pg_catalog.length(downgrade) <= %d then downgrade end,
                       downgrade_transactional, irreversible_reason
                from belay.history where revision = any (?)""".formatted(FETCHED_AT_ONCE);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", revisions.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            new Stored(
                                    row.getLong(2),
                                    Optional.ofNullable(row.getString(3)),
                                    row.getBoolean(4),
                                    Optional.ofNullable(row.getString(5))));
                }
            }
        }
        return found;
    }

    /** The stored downgrade of one revision, whatever its length. */
    public static String downgrade(Connection connection, String revision) throws SQLException {
        return one(
                        connection,
                        "select downgrade from belay.history where revision = ?",
                        revision,
                        row -> row.getString(1))
                .orElse("");
    }

    /** How far a revision has come. */
    public static Optional<Progress> progress(Connection connection, String revision) throws SQLException {
        return one(
                connection,
                "select direction, statements_done, running, checksum from belay.progress where revision = ?",
                revision,
                row -> new Progress(
                        Direction.valueOf(row.getString(1)), row.getInt(2), row.getInt(3), row.getString(4)));
    }

    /** Whether this run recorded the revision. */
    public static boolean recorded(Connection connection, String revision, String run) throws SQLException {
        return one(connection, "select run_id from belay.history where revision = ?", revision, row -> row.getString(1))
                .filter(run::equals)
                .isPresent();
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> Optional<T> one(Connection connection, String sql, String revision, Reading<T> reading)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, revision);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(reading.read(row)) : Optional.empty();
            }
        }
    }
}
