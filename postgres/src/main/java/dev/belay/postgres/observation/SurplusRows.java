package dev.belay.postgres.observation;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.TableFingerprint;
import dev.belay.postgres.snapshot.SharedSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Counts the rows that one database has and the other has not. Tables with equal fingerprints are passed over; of the
 * others both sides send their rows' hashes, sorted by the server, and these are merged in constant memory.
 */
final class SurplusRows {
    /** Rows fetched at a time: 8 bytes each, so that neither side keeps much. */
    private static final int FETCH = 10_000;

    private final SharedSnapshot kept;
    private final SharedSnapshot restored;
    private final RunContext context;

    SurplusRows(SharedSnapshot kept, SharedSnapshot restored, RunContext context) {
        this.kept = kept;
        this.restored = restored;
        this.context = context;
    }

    Map<String, Long> count() throws SQLException {
        Map<String, TableShape> theirs = byName(TableShapes.read(restored.connection()), TableShape::name);
        List<TableShape> mine = new ArrayList<>();
        List<TableShape> counterparts = new ArrayList<>();
        List<TableShape> alone = new ArrayList<>();
        for (TableShape table : TableShapes.read(kept.connection())) {
            Optional<TableShape> their = Optional.ofNullable(theirs.get(table.name()));
            their.ifPresentOrElse(
                    other -> {
                        mine.add(table.commonWith(other));
                        counterparts.add(other.commonWith(table));
                    },
                    () -> alone.add(table));
        }
        Map<String, Long> surplus = new TreeMap<>();
        int sessions = RowFingerprints.sessions();
        for (TableFingerprint all : new RowFingerprints(kept, context).compute(alone, sessions)) {
            surplus.put(all.table(), all.rows());
        }
        Map<String, TableFingerprint> left =
                byName(new RowFingerprints(kept, context).compute(mine, sessions), TableFingerprint::table);
        Map<String, TableFingerprint> right =
                byName(new RowFingerprints(restored, context).compute(counterparts, sessions), TableFingerprint::table);
        for (int i = 0; i < mine.size(); i++) {
            String name = mine.get(i).name();
            if (!Objects.equals(left.get(name), right.get(name))) {
                surplus.put(name, merge(mine.get(i), counterparts.get(i)));
            }
        }
        surplus.values().removeIf(rows -> rows == 0);
        return surplus;
    }

    private long merge(TableShape mine, TableShape theirs) throws SQLException {
        try (Hashes left = new Hashes(kept, mine, context);
                Hashes right = new Hashes(restored, theirs, context)) {
            long surplus = 0;
            boolean hasLeft = left.next();
            boolean hasRight = right.next();
            while (hasLeft) {
                int order = hasRight ? Long.compare(left.value, right.value) : -1;
                surplus += order < 0 ? 1 : 0;
                hasLeft = order <= 0 ? left.next() : hasLeft;
                hasRight = order >= 0 ? right.next() : hasRight;
            }
            return surplus;
        }
    }

    private static <T> Map<String, T> byName(List<T> list, Function<T, String> name) {
        return list.stream().collect(Collectors.toMap(name, t -> t));
    }

    /** The sorted hashes of a table, through a cursor in the snapshot's transaction. */
    private static final class Hashes implements AutoCloseable {
        private final Connection connection;
        private final Statement statement;
        private final ResultSet rows;
        private final Cancellation.Registration registration;
        private long value;

        Hashes(SharedSnapshot snapshot, TableShape table, RunContext context) throws SQLException {
            connection = snapshot.connection();
            // The driver reads in portions only while it believes itself in a transaction; the one that is open stays.
            connection.setAutoCommit(false);
            statement = connection.createStatement();
            statement.setFetchSize(FETCH);
            registration = context.cancellation().onCancel(() -> RowFingerprints.cancel(statement));
            rows = statement.executeQuery(
                    table.sortedHashesQuery(snapshot.facts().serverVersion()));
        }

        boolean next() throws SQLException {
            boolean there = rows.next();
            value = there ? rows.getLong(1) : 0;
            return there;
        }

        @Override
        public void close() throws SQLException {
            registration.close();
            statement.close();
        }
    }
}
