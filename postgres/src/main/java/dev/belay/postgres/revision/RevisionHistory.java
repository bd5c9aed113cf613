package dev.belay.postgres.revision;

import dev.belay.engine.EngineState;
import dev.belay.engine.EngineState.Partial;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
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

    private RevisionHistory() {}

    /** Whether the tables are there. */
    public static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.to_regclass('belay.history') is not null"
                        + " and pg_catalog.to_regclass('belay.progress') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** What is applied: two round trips at most. */
    public static EngineState state(Connection connection) throws SQLException {
        if (!exists(connection)) {
            return new EngineState(List.of(), Optional.empty());
        }
        String sql = """
                select 0, seq, revision, parents, description, checksum, applied_at, stamped, '', 0 from belay.history
                union all
                select 1, 0, revision, '{}', '', checksum, updated_at, false, direction, statements_done from belay.progress
                order by 1, 2, 7""";
        List<AppliedRevision> applied = new ArrayList<>();
        Optional<Partial> partial = Optional.empty();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                if (row.getInt(1) == 0) {
                    applied.add(applied(row));
                } else {
                    partial = Optional.of(
                            new Partial(row.getString(3), Direction.valueOf(row.getString(9)), row.getInt(10)));
                }
            }
        }
        return new EngineState(applied, partial);
    }

    /** The revision that is under way, for histories that are kept elsewhere: two round trips at most. */
    public static Optional<Partial> partial(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.to_regclass('belay.progress') is not null")) {
            if (!row.next() || !row.getBoolean(1)) {
                return Optional.empty();
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select revision, direction, statements_done from belay.progress")) {
            return row.next()
                    ? Optional.of(new Partial(row.getString(1), Direction.valueOf(row.getString(2)), row.getInt(3)))
                    : Optional.empty();
        }
    }

    private static AppliedRevision applied(ResultSet row) throws SQLException {
        String[] parents = (String[]) row.getArray(4).getArray();
        return new AppliedRevision(
                row.getString(3),
                Arrays.asList(parents),
                row.getString(5),
                row.getString(6),
                row.getTimestamp(7).toInstant(),
                row.getBoolean(8));
    }

    /** The stored downgrades of these revisions, as far as they are applied. */
    public static Map<String, Stored> stored(Connection connection, List<String> revisions) throws SQLException {
        Map<String, Stored> found = new LinkedHashMap<>();
        if (!exists(connection)) {
            return found;
        }
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
        return exists(connection)
                && one(
                                connection,
                                "select run_id from belay.history where revision = ?",
                                revision,
                                row -> row.getString(1))
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
