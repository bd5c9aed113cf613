package dev.belay.postgres.sample;

import dev.belay.postgres.sample.SampleTable.ForeignKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that foreign keys can refer to: those that are there, and those that are promised. */
final class Parents {
    private static final int MOST = 50;

    /** So many rows are promised where tables refer to each other. */
    private static final int PROMISED = 3;

    private final Session session;
    private final Map<String, List<List<String>>> known = new HashMap<>();
    private final Map<String, Map<List<String>, List<List<String>>>> promises = new HashMap<>();

    Parents(Session session) {
        this.session = session;
    }

    /** What the key can refer to; asked once for all keys to the same columns, so only after that table was filled. */
    List<List<String>> of(ForeignKey key) throws SQLException {
        String which = key.source() + key.parentColumns();
        List<List<String>> rows = known.get(which);
        if (rows == null) {
            rows = read(key);
            known.put(which, rows);
        }
        return rows;
    }

    /** What the key can refer to now. */
    List<List<String>> read(ForeignKey key) throws SQLException {
        List<String> texts =
                key.parentColumns().stream().map(column -> column + "::text").toList();
        List<String> full = key.parentColumns().stream()
                .map(column -> column + " IS NOT NULL")
                .toList();
        return session.literals("SELECT " + String.join(", ", texts) + " FROM " + key.source() + " WHERE "
                + String.join(" AND ", full) + " LIMIT " + MOST);
    }

    /** Rows that the parent will have; made up now. */
    List<List<String>> promise(ForeignKey key, SampleTable parent, Pools pools, int rows) throws SQLException {
        List<List<String>> made = new ArrayList<>();
        for (int i = 0; i < Math.min(rows, PROMISED); i++) {
            List<String> row = new ArrayList<>();
            for (String name : key.parentColumns()) {
                var column = parent.column(name);
                List<String> pool = column.isEmpty()
                        ? List.of()
                        : pools.of(column.get().type(), column.get().typmod(), true, List.of());
                row.add(pool.isEmpty() ? Cells.NULL : Cells.literal(pool.get(i % pool.size())));
            }
            made.add(row);
        }
        return promises.computeIfAbsent(key.parent(), none -> new HashMap<>())
                .computeIfAbsent(key.parentColumns(), none -> made);
    }

    /** What this table was promised to have; it is kept from now on. */
    Map<List<String>, List<List<String>>> redeem(String parent) {
        Map<List<String>, List<List<String>>> promised = promises.remove(parent);
        return promised == null ? Map.of() : promised;
    }

    boolean arePromisesKept() {
        return promises.isEmpty();
    }
}
