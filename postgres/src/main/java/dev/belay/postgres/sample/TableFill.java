package dev.belay.postgres.sample;

import dev.belay.postgres.revision.SafeError;
import dev.belay.postgres.sample.SampleTable.Column;
import dev.belay.postgres.sample.SampleTable.ForeignKey;
import dev.belay.postgres.sample.SampleTable.UniqueKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Puts rows into one table: all at once where the server takes them so, else one by one with other values. */
final class TableFill {
    /** Rows that a unique key would refuse are not even sent; so often others are looked for. */
    private static final int LOOKS = 50;

    /** How often one row is tried, and how often the first. */
    private static final int TRIES = 10;

    private static final int FIRST_TRIES = 60;

    private final Session session;
    private final SampleTable table;
    private final List<Column> written;
    private final List<Part> parts;
    private final Random random;
    private final Map<UniqueKey, Set<List<String>>> taken = new HashMap<>();
    private final Map<String, Integer> refusals = new LinkedHashMap<>();
    private boolean hopeless;

    TableFill(Session session, SampleTable table, List<Column> written, List<Part> parts, Random random) {
        this.session = session;
        this.table = table;
        this.written = written;
        this.parts = parts;
        this.random = random;
    }

    /** How many rows the table got. */
    int fill(int wanted) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            row(i, false).ifPresent(rows::add);
        }
        if (rows.isEmpty()) {
            return 0;
        }
        String sql = insert(rows);
        try {
            int count = session.update(sql);
            if (count == 0) {
                refusals.put("the server took the rows without keeping any: a trigger or a rule", 1);
            }
            return count;
        } catch (SQLException e) {
            refused(e, sql);
            taken.clear();
            return oneByOne(wanted);
        }
    }

    /** What the server refused most often, in its words. */
    String reason() {
        return refusals.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("the rows that its foreign keys lead to don't agree in the columns that these share");
    }

    private int oneByOne(int wanted) throws SQLException {
        int filled = 0;
        for (int i = 0; i < wanted && !hopeless; i++) {
            int tries = filled == 0 ? FIRST_TRIES : TRIES;
            int got = 0;
            for (int attempt = 0; got == 0 && attempt < tries && !hopeless; attempt++) {
                got = one(i, attempt > 0);
            }
            if (got == 0 && filled == 0) {
                return 0;
            }
            filled += got;
        }
        return filled;
    }

    private int one(int number, boolean anew) throws SQLException {
        Optional<Map<String, String>> row = row(number, anew);
        if (row.isEmpty()) {
            return 0;
        }
        String sql = insert(List.of(row.get()));
        try {
            return session.update(sql);
        } catch (SQLException e) {
            refused(e, sql);
            taken.forEach((key, values) -> values.remove(values(row.get(), key)));
            return 0;
        }
    }

    /** Where the statement itself is refused, for want of a privilege for instance, no other values help. */
    private void refused(SQLException failure, String sql) throws SQLException {
        if (session.isLost(failure)) {
            throw failure;
        }
        String state = SafeError.state(failure);
        hopeless = state.startsWith("42") || state.startsWith("0A") || state.startsWith("25");
        refusals.merge(Session.words(failure, sql), 1, Integer::sum);
    }

    private Optional<Map<String, String>> row(int number, boolean anew) {
        for (int look = 0; look < LOOKS; look++) {
            Map<String, String> row = new HashMap<>();
            for (Part part : parts) {
                List<List<String>> choices = part.choices();
                if (choices.isEmpty()) {
                    return Optional.empty();
                }
                int choice = anew || look > 0 ? random.nextInt(choices.size()) : number % choices.size();
                for (int i = 0; i < part.columns().size(); i++) {
                    row.put(part.columns().get(i), choices.get(choice).get(i));
                }
            }
            referToItself(row);
            if (isFree(row)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** A table whose rows must refer to one of its own: the first such row can only be the parent of itself. */
    private void referToItself(Map<String, String> row) {
        for (ForeignKey key : table.foreignKeys()) {
            if (key.refersTo(table) && !key.optionalIn(table)) {
                for (int i = 0; i < key.columns().size(); i++) {
                    String value = row.get(key.parentColumns().get(i));
                    if (value != null) {
                        row.put(key.columns().get(i), value);
                    }
                }
            }
        }
    }

    private boolean isFree(Map<String, String> row) {
        List<UniqueKey> plain = table.keys().stream()
                .filter(key -> key.plain() && row.keySet().containsAll(key.columns()))
                .toList();
        for (UniqueKey key : plain) {
            if (taken.getOrDefault(key, Set.of()).contains(values(row, key))) {
                return false;
            }
        }
        plain.stream()
                .filter(key -> !values(row, key).contains(Cells.NULL))
                .forEach(key ->
                        taken.computeIfAbsent(key, none -> new HashSet<>()).add(values(row, key)));
        return true;
    }

    private static List<String> values(Map<String, String> row, UniqueKey key) {
        return key.columns().stream()
                .map(column -> row.getOrDefault(column, Cells.NULL))
                .toList();
    }

    private String insert(List<Map<String, String>> rows) {
        if (written.isEmpty()) {
            return "INSERT INTO " + table.into() + " DEFAULT VALUES";
        }
        List<String> names = written.stream().map(Column::name).toList();
        List<String> values = rows.stream()
                .map(row -> "(" + String.join(", ", names.stream().map(row::get).toList()) + ")")
                .toList();
        return "INSERT INTO " + table.into() + " (" + String.join(", ", names) + ") OVERRIDING SYSTEM VALUE VALUES "
                + String.join(", ", values);
    }
}
