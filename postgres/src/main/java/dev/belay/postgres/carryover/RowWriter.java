package dev.belay.postgres.carryover;

import dev.belay.postgres.carryover.Tables.Table;
import dev.belay.postgres.revision.SafeError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes one change; the server makes values of their text, by the type that the column has here. */
final class RowWriter {
    private final Connection connection;
    private final Tables tables;

    RowWriter(Connection connection, Tables tables) {
        this.connection = connection;
        this.tables = tables;
    }

    /** Why a change can't be written, or not wholly; thrown where a server would throw an SQLException. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        /** Not those of class 23 that look at one row alone: not_null_violation and check_violation (PostgreSQL docs, appendix A). */
        private static final Set<String> OF_THE_ROW = Set.of("23502", "23514");

        private final boolean later;

        private Unfit(String why, boolean later) {
            super(why);
            this.later = later;
        }

        Unfit(String why) {
            this(why, false);
        }

        static Unfit of(SQLException e) {
            String state = SafeError.state(e);
            return new Unfit(SafeError.describe(e, ""), state.startsWith("23") && !OF_THE_ROW.contains(state));
        }

        /** Whether other changes may make room for it. */
        boolean mayFitLater() {
            return later;
        }
    }

    /**
     * Writes it.
     *
     * @return the columns that have no place here and whose values are left out
     */
    Set<String> write(Change change) throws SQLException, Unfit {
        if (change.kind() == Change.Kind.TRUNCATE) {
            truncate(change.tables());
            return Set.of();
        }
        Table table = tables.get(change.table()).orElseThrow(() -> new Unfit("the table is not there"));
        Set<String> homeless = homeless(table, change);
        Map<String, Optional<String>> row = new LinkedHashMap<>(change.after());
        row.keySet().retainAll(table.columns().keySet());
        switch (change.kind()) {
            case INSERT -> insert(change.table(), row);
            case UPDATE -> update(table, change, row);
            default -> run("DELETE FROM ONLY " + change.table() + " WHERE ", List.of(), whole(table, change));
        }
        return homeless;
    }

    private void truncate(List<String> names) throws SQLException, Unfit {
        List<String> here =
                names.stream().filter(name -> tables.get(name).isPresent()).toList();
        if (here.size() < names.size()) {
            throw new Unfit("one of the truncated tables is not there");
        }
        for (String name : here) {
            run(
                    "DELETE FROM ONLY " + name,
                    List.of(),
                    new Row("", List.of())); // TRUNCATE minds foreign keys of empty tables
        }
    }

    private static Set<String> homeless(Table table, Change change) {
        Set<String> homeless = new LinkedHashSet<>();
        change.after().forEach((column, value) -> {
            if (value.isPresent()
                    && !table.columns().containsKey(column)
                    && !table.generated().contains(column)) {
                homeless.add(column);
            }
        });
        return homeless;
    }

    private void insert(String name, Map<String, Optional<String>> row) throws SQLException {
        String sql = row.isEmpty()
                ? "INSERT INTO " + name + " DEFAULT VALUES"
                : "INSERT INTO " + name + " (" + String.join(", ", row.keySet()) + ") OVERRIDING SYSTEM VALUE VALUES ("
                        + String.join(", ", Collections.nCopies(row.size(), "?")) + ")";
        run(sql, row.values(), new Row("", List.of()));
    }

    private void update(Table table, Change change, Map<String, Optional<String>> row) throws SQLException, Unfit {
        Row where = whole(table, change);
        // where the log has the whole old row, what didn't change stays as it is here
        row.entrySet()
                .removeIf(value -> !table.columns().getOrDefault(value.getKey(), false)
                        || value.getValue().equals(change.before().get(value.getKey())));
        if (row.isEmpty()) {
            return;
        }
        String sql = "UPDATE ONLY " + change.table() + " SET "
                + row.keySet().stream().map(column -> column + " = ?").collect(Collectors.joining(", ")) + " WHERE ";
        if (run(sql, row.values(), where) == 0) {
            // a cascade has changed the key already
            boolean moved = !change.before().isEmpty() && run(sql, row.values(), byKey(table, change.after())) > 0;
            if (!moved) {
                throw new Unfit("the row is not there", true);
            }
        }
    }

    /** A condition and its values. */
    private record Row(String condition, List<Optional<String>> values) {}

    /** The row that a change is about: by its key, else by all its values, of equal ones any. */
    private static Row whole(Table table, Change change) throws Unfit {
        Map<String, Optional<String>> known = change.before().isEmpty() ? change.after() : change.before();
        if (!table.key().isEmpty()) {
            return byKey(table, known);
        }
        if (change.before().isEmpty()) {
            throw new Unfit("the table has no key");
        }
        Map<String, Optional<String>> values = new LinkedHashMap<>(known);
        values.keySet().retainAll(table.columns().keySet());
        String all = values.keySet().stream()
                .map(column -> "CAST(" + column + " AS pg_catalog.text) IS NOT DISTINCT FROM ?")
                .collect(Collectors.joining(" AND "));
        return new Row(
                "ctid = (SELECT ctid FROM ONLY " + change.table() + " WHERE " + all + " LIMIT 1)",
                List.copyOf(values.values()));
    }

    private static Row byKey(Table table, Map<String, Optional<String>> known) throws Unfit {
        if (table.key().isEmpty() || !known.keySet().containsAll(table.key())) {
            throw new Unfit("its key is not known");
        }
        List<Optional<String>> values = new ArrayList<>();
        table.key().forEach(column -> values.add(known.getOrDefault(column, Optional.empty())));
        return new Row(
                table.key().stream().map(column -> column + " = ?").collect(Collectors.joining(" AND ")), values);
    }

    private long run(String sql, Collection<Optional<String>> values, Row where) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql + where.condition())) {
            int i = 0;
            for (Collection<Optional<String>> some : List.of(values, where.values())) {
                for (Optional<String> value : some) {
                    if (value.isPresent()) {
                        statement.setObject(++i, value.get(), Types.OTHER);
                    } else {
                        statement.setNull(++i, Types.OTHER);
                    }
                }
            }
            return statement.executeLargeUpdate();
        }
    }
}
