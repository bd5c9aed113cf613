package dev.belay.postgres.carryover;

import dev.belay.postgres.carryover.Change.Kind;
import dev.belay.postgres.carryover.Tables.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes that may fit once others are written, and those of the same rows after them, which must not overtake them. */
final class Postponed {
    private static final String ANY_ROW = "any row of ";
    private static final String ALL_ROWS = "all rows of ";

    private final Tables tables;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> rows = new HashSet<>();

    Postponed(Tables tables) {
        this.tables = tables;
    }

    /** Whether it is about a row that one of these is about. */
    boolean concern(Change change) {
        if (changes.isEmpty()) {
            return false;
        }
        return change.kind() == Kind.TRUNCATE
                ? change.tables().stream().anyMatch(table -> rows.contains(ANY_ROW + table))
                : rows.contains(ALL_ROWS + change.table())
                        || rowsOf(change).stream().anyMatch(rows::contains);
    }

    void add(Change change) {
        changes.add(change);
        for (String table : change.tables()) {
            rows.add(ANY_ROW + table);
            if (change.kind() == Kind.TRUNCATE) {
                rows.add(ALL_ROWS + table);
            }
        }
        rows.addAll(rowsOf(change));
    }

    int size() {
        return changes.size();
    }

    /** All of them, in order; then there are none. */
    List<Change> take() {
        List<Change> all = List.copyOf(changes);
        changes.clear();
        rows.clear();
        return all;
    }

    private List<String> rowsOf(Change change) {
        List<String> found = new ArrayList<>();
        for (Map<String, Optional<String>> row : List.of(change.before(), change.after())) {
            if (!row.isEmpty()) {
                Set<String> key = tables.get(change.table()).map(Table::key).orElse(Set.of());
                StringBuilder name = new StringBuilder(change.table());
                row.forEach((column, value) -> {
                    if (key.isEmpty() || key.contains(column)) {
                        name.append('\0').append(column).append('\0').append(value);
                    }
                });
                found.add(name.toString());
            }
        }
        return found;
    }
}
