package dev.belay.postgres.sample;

import dev.belay.postgres.sample.SampleTable.Check;
import dev.belay.postgres.sample.SampleTable.Column;
import dev.belay.postgres.sample.SampleTable.ForeignKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Divides a table into parts that can be chosen each for itself, and finds the choices. */
final class Parts {
    /** So many rows are tried in one round after the other, until enough pass: most checks are easily met. */
    private static final int[] TRIALS = {40, 150, 300, 300};

    private static final int STARTS = 6;

    /** How often a trial leaves out what may be NULL: a check may want nearly all columns, or nearly none. */
    private static final double[] ABSENCE = {0.1, 0.5, 0.9, 0.0};

    private final SampleTable table;
    private final List<Column> written;
    private final Pools pools;
    private final Filter filter;
    private final int wanted;
    private final Random random;
    private final Map<String, List<String>> cells = new HashMap<>();

    /** For a table of which these columns are written. */
    Parts(SampleTable table, List<Column> written, Pools pools, Filter filter, int wanted, Random random) {
        this.table = table;
        this.written = written;
        this.pools = pools;
        this.filter = filter;
        this.wanted = wanted;
        this.random = random;
    }

    /**
     * All parts.
     *
     * @param parents of each foreign key what it may refer to
     */
    List<Part> choose(Map<ForeignKey, List<List<String>>> parents) throws SQLException {
        List<Check> checks = table.checks().stream()
                .filter(check -> areWritten(check.columns()))
                .toList();
        List<ForeignKey> keys = parents.keySet().stream()
                .filter(key -> areWritten(key.columns()))
                .toList();
        List<Part> parts = new ArrayList<>();
        for (Set<String> columns : tied(keys, checks)) {
            List<Column> members = written.stream()
                    .filter(column -> columns.contains(column.name()))
                    .toList();
            parts.add(part(
                    members,
                    keys.stream()
                            .filter(key -> columns.contains(key.columns().get(0)))
                            .toList(),
                    parents,
                    checks.stream()
                            .filter(check -> columns.contains(check.columns().get(0)))
                            .toList()));
        }
        return parts;
    }

    private boolean areWritten(List<String> columns) {
        return !columns.isEmpty()
                && columns.stream()
                        .allMatch(name -> written.stream()
                                .anyMatch(column -> column.name().equals(name)));
    }

    /** The columns, those together that a key or a check has in common. */
    private Collection<Set<String>> tied(List<ForeignKey> keys, List<Check> checks) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        written.forEach(column -> groups.put(column.name(), new LinkedHashSet<>(Set.of(column.name()))));
        keys.forEach(key -> tie(groups, key.columns()));
        checks.forEach(check -> tie(groups, check.columns()));
        return new LinkedHashSet<>(groups.values());
    }

    private static void tie(Map<String, Set<String>> groups, List<String> columns) {
        Set<String> all = new LinkedHashSet<>();
        columns.forEach(column -> all.addAll(groups.getOrDefault(column, Set.of())));
        all.forEach(column -> groups.put(column, all));
    }

    private Part part(
            List<Column> columns,
            List<ForeignKey> keys,
            Map<ForeignKey, List<List<String>>> parents,
            List<Check> checks)
            throws SQLException {
        List<String> names = columns.stream().map(Column::name).toList();
        for (Column column : columns) {
            cells.put(column.name(), cells(column, checks));
        }
        if (columns.size() == 1 && keys.isEmpty()) {
            List<List<String>> all = cells(names.get(0)).stream().map(List::of).toList();
            List<List<String>> good = checks.isEmpty() ? all : passing(columns, checks, all);
            return new Part(names, good.isEmpty() ? all : good);
        }
        Set<List<String>> good = new LinkedHashSet<>();
        List<List<String>> tried = List.of();
        int rounds = checks.isEmpty() ? 1 : TRIALS.length;
        for (int round = 0; round < rounds && good.size() < wanted; round++) {
            tried = trials(TRIALS[round], names, keys, parents);
            good.addAll(checks.isEmpty() ? tried : passing(columns, checks, tried));
        }
        // where nothing passes the server is asked all the same: its answer is the reason
        return new Part(names, List.copyOf(good.isEmpty() ? tried : good));
    }

    private List<List<String>> passing(List<Column> columns, List<Check> checks, List<List<String>> rows)
            throws SQLException {
        return filter
                .passing(
                        columns.stream().map(Column::name).toList(),
                        columns.stream().map(Column::declared).toList(),
                        checks.stream().map(Check::expression).toList(),
                        rows)
                .stream()
                .map(rows::get)
                .toList();
    }

    /**
     * A first value, then NULL: the first row is full, the second as empty as it may be. Each column begins elsewhere in its
     * type's values, so that columns of one type differ in a row and can't be mixed up unseen.
     */
    private List<String> cells(Column column, List<Check> checks) throws SQLException {
        List<String> conditions = checks.stream().map(Check::expression).toList();
        List<String> all = new ArrayList<>();
        pools.of(column.type(), column.typmod(), table.isDistinct(column.name()), conditions)
                .forEach(value -> all.add(Cells.literal(value)));
        if (checks.isEmpty()) {
            Collections.rotate(all, -(written.indexOf(column) % STARTS));
        }
        column.standard()
                .filter(value -> !all.contains(value))
                .ifPresent(value -> all.add(Math.min(2, all.size()), value));
        if (column.nullable() || all.isEmpty()) {
            all.add(Math.min(1, all.size()), Cells.NULL);
        }
        return all;
    }

    private List<List<String>> trials(
            int count, List<String> names, List<ForeignKey> keys, Map<ForeignKey, List<List<String>>> parents) {
        Set<List<String>> all = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            trial(names, keys, parents, i, ABSENCE[i % ABSENCE.length]).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private Optional<List<String>> trial(
            List<String> names,
            List<ForeignKey> keys,
            Map<ForeignKey, List<List<String>>> parents,
            int number,
            double absence) {
        Map<String, String> row = new HashMap<>();
        for (ForeignKey key : keys) {
            if (!refer(key, parents.getOrDefault(key, List.of()), row, number, absence)) {
                return Optional.empty();
            }
        }
        for (String name : names) {
            row.computeIfAbsent(name, column -> pick(column, absence));
        }
        return Optional.of(names.stream().map(row::get).map(String::valueOf).toList());
    }

    /** Sets the key's columns to those of a parent that agrees with what is set already, or to NULL. */
    private boolean refer(
            ForeignKey key, List<List<String>> parents, Map<String, String> row, int number, double absence) {
        List<List<String>> fitting =
                parents.stream().filter(parent -> agrees(key, parent, row)).toList();
        boolean optional = key.optionalIn(table);
        if (fitting.isEmpty() || optional && random.nextDouble() < absence) {
            return optional && leaveOut(key, row);
        }
        // the first trials take one parent after the other, so that each is taken
        List<String> parent = fitting.get(number < fitting.size() ? number : random.nextInt(fitting.size()));
        for (int i = 0; i < parent.size(); i++) {
            row.put(key.columns().get(i), parent.get(i));
        }
        return true;
    }

    private static boolean agrees(ForeignKey key, List<String> parent, Map<String, String> row) {
        for (int i = 0; i < parent.size(); i++) {
            String set = row.get(key.columns().get(i));
            if (set != null && !set.equals(parent.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** One NULL is enough, unless the key is MATCH FULL; what another key has set stays. */
    private boolean leaveOut(ForeignKey key, Map<String, String> row) {
        Set<String> free = new HashSet<>();
        for (String column : key.columns()) {
            if (table.isNullable(column) && !row.containsKey(column)) {
                free.add(column);
            }
        }
        free.forEach(column -> row.put(column, Cells.NULL));
        boolean done = key.full() ? free.size() == key.columns().size() : !free.isEmpty();
        return done || key.columns().stream().anyMatch(column -> Cells.NULL.equals(row.get(column)));
    }

    private String pick(String column, double absence) {
        List<String> all = cells(column);
        if (table.isNullable(column) && random.nextDouble() < absence) {
            return Cells.NULL;
        }
        return all.get(random.nextInt(all.size()));
    }

    private List<String> cells(String column) {
        return cells.getOrDefault(column, List.of());
    }
}
