package dev.belay.postgres.observation;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.postgres.observation.RowDifference.Kind;
import dev.belay.postgres.snapshot.ReadOnly;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the rows of a database were at one instant, table by table and column by column, so that they can be compared later
 * with a database whose tables have other columns. Holds numbers and hashes only. Immutable.
 *
 * <pre>{@code
 * RowPicture before = RowPicture.of(database, run);
 * // up
 * List<RowDifference> byUp = before.differencesIn(database, run);      // over the columns that are still there
 * // down
 * List<RowDifference> inTheEnd = before.differencesIn(database, run);  // over all columns: is nothing lost?
 * }</pre>
 *
 * <p>Tables and columns are known by their names; the order of columns doesn't matter. Values of a column that has another
 * type now are compared as text, numbers without trailing zeros, instants in UTC.
 *
 * <p>Limitations:
 * <ul>
 *   <li>in a table without a primary key or a unique index without NULLs, values that only moved from row to row are found
 *       while all columns are as before; else each column is compared for itself;
 *   <li>a table or column with another name is another one;
 *   <li>one table is read after the other, through one connection.
 * </ul>
 *
 * @param tables by name
 */
public record RowPicture(SortedMap<String, TableRows> tables) {
    /**
     * A table's rows.
     *
     * @param rows how many
     * @param hash over all columns
     * @param key the names of the columns that tell rows apart; empty where there are none
     * @param columns by name
     */
    public record TableRows(long rows, String hash, List<String> key, SortedMap<String, ColumnRows> columns) {
        /** Copies. */
        public TableRows {
            key = List.copyOf(key);
            columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
        }

        private Map<String, String> types() {
            return columns.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, column -> column.getValue().type()));
        }
    }

    /**
     * A column's values.
     *
     * @param type as declared
     * @param hash over the values, each with its row's key
     */
    public record ColumnRows(String type, String hash) {}

    /** Stands in no name. */
    private static final String SEPARATOR = "\0";

    /** Copies. */
    public RowPicture {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** Of all tables, as {@link PostgresObservations} tells which, in one snapshot. */
    public static RowPicture of(Database database, RunContext context) throws SQLException {
        try (Connection connection = database.connect(context.cancellation())) {
            ReadOnly.begin(connection);
            return read(connection, context, TableShapes.keys(connection));
        }
    }

    /**
     * The same through a connection in a transaction, which sees what that has changed. Settings are left behind in the
     * transaction: the caller rolls back to a savepoint.
     */
    public static RowPicture of(Connection connection, RunContext context) throws SQLException {
        ReadOnly.settings(connection);
        return read(connection, context, TableShapes.keys(connection));
    }

    /** As texts, for {@link #remembered}. */
    public Map<String, String> toTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        tables.forEach((name, table) -> {
            List<String> parts = new ArrayList<>(List.of(Long.toString(table.rows()), table.hash()));
            parts.addAll(table.key());
            texts.put(name, String.join(SEPARATOR, parts));
            table.columns()
                    .forEach((column, is) -> texts.put(name + SEPARATOR + column, is.type() + SEPARATOR + is.hash()));
        });
        return texts;
    }

    /** The picture that these texts were made of. */
    public static RowPicture remembered(Map<String, String> texts) {
        SortedMap<String, TableRows> tables = new TreeMap<>();
        Map<String, SortedMap<String, ColumnRows>> columns = new HashMap<>();
        texts.forEach((name, text) -> {
            List<String> place = List.of(name.split(SEPARATOR, -1));
            List<String> parts = List.of(text.split(SEPARATOR, -1));
            if (place.size() == 2) {
                columns.computeIfAbsent(place.get(0), none -> new TreeMap<>())
                        .put(place.get(1), new ColumnRows(parts.get(0), parts.get(1)));
            }
        });
        texts.forEach((name, text) -> {
            List<String> parts = List.of(text.split(SEPARATOR, -1));
            if (!name.contains(SEPARATOR)) {
                tables.put(
                        name,
                        new TableRows(
                                Long.parseLong(parts.get(0)),
                                parts.get(1),
                                parts.subList(2, parts.size()),
                                columns.getOrDefault(name, new TreeMap<>())));
            }
        });
        return new RowPicture(tables);
    }

    /** What became of the rows in this picture, sorted by table; empty when all are as they were, in all that is still there. */
    public List<RowDifference> differencesIn(Database after, RunContext context) throws SQLException {
        try (Connection connection = after.connect(context.cancellation())) {
            ReadOnly.begin(connection);
            return differences(connection, context);
        }
    }

    /** The same through a connection in a transaction; see {@link #of(Connection, RunContext)}. */
    public List<RowDifference> differencesIn(Connection after, RunContext context) throws SQLException {
        ReadOnly.settings(after);
        return differences(after, context);
    }

    /** Rows are told apart by the columns that did so before, where these are all there. */
    private List<RowDifference> differences(Connection connection, RunContext context) throws SQLException {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        tables.forEach((name, table) -> keys.put(name, table.key()));
        RowPicture after = read(connection, context, keys);
        List<RowDifference> differences = new ArrayList<>();
        tables.forEach((name, table) -> differences.addAll(Optional.ofNullable(after.tables.get(name))
                .map(now -> differences(name, table, now))
                .orElseGet(() -> gone(name, table))));
        return differences;
    }

    private static String rows(long number) {
        return number + (number == 1 ? " row" : " rows");
    }

    private static List<RowDifference> gone(String name, TableRows before) {
        return before.rows() == 0
                ? List.of()
                : List.of(new RowDifference(
                        name, "", Kind.TABLE_GONE, "table " + name + " is gone; it had " + rows(before.rows())));
    }

    private static List<RowDifference> differences(String name, TableRows before, TableRows after) {
        if (before.rows() != after.rows()) {
            return List.of(new RowDifference(
                    name,
                    "",
                    Kind.COUNT,
                    "table " + name + " has " + rows(after.rows()) + " instead of " + before.rows()));
        }
        boolean same = before.types().equals(after.types());
        if (before.rows() == 0 || same && before.hash().equals(after.hash())) {
            return List.of();
        }
        if (!after.key().equals(before.key())) {
            return List.of(new RowDifference(
                    name,
                    "",
                    Kind.NOT_COMPARED,
                    "table " + name + " has lost a column of its key (" + String.join(", ", before.key())
                            + "); only the number of its rows was compared"));
        }
        List<RowDifference> columns = columns(name, before, after);
        return !columns.isEmpty() || !same
                ? columns
                : List.of(new RowDifference(
                        name, "", Kind.VALUES, "table " + name + ": the same values are in other rows"));
    }

    private static List<RowDifference> columns(String name, TableRows before, TableRows after) {
        List<RowDifference> differences = new ArrayList<>();
        before.columns()
                .forEach((column, was) -> Optional.ofNullable(after.columns().get(column))
                        .filter(is -> !is.hash().equals(was.hash()))
                        .ifPresent(is -> differences.add(
                                is.type().equals(was.type())
                                        ? new RowDifference(
                                                name,
                                                column,
                                                Kind.VALUES,
                                                "column " + name + "." + column + ": values of its rows are others")
                                        : new RowDifference(
                                                name,
                                                column,
                                                Kind.CONVERTED,
                                                "column " + name + "." + column + ": values read differently as "
                                                        + is.type() + " than as " + was.type()))));
        return differences;
    }

    private static RowPicture read(Connection connection, RunContext context, Map<String, List<String>> keys)
            throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion() * 10_000;
        List<TableShape> shapes = TableShapes.read(connection);
        SortedMap<String, TableRows> tables = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (TableShape shape : shapes) {
                context.cancellation().check();
                List<String> wanted = keys.getOrDefault(shape.name(), List.of());
                boolean there = shape.columns().stream()
                        .map(TableShape.Column::name)
                        .toList()
                        .containsAll(wanted);
                List<String> key = there ? wanted : List.of();
                tables.put(shape.name(), table(statement, shape, key, version));
                context.progress("row pictures", tables.size(), shapes.size(), "tables");
            }
        }
        return new RowPicture(tables);
    }

    private static TableRows table(Statement statement, TableShape shape, List<String> key, int version)
            throws SQLException {
        try (ResultSet result = statement.executeQuery(shape.columnsQuery(key, version))) {
            result.next();
            SortedMap<String, ColumnRows> columns = new TreeMap<>();
            int at = 3;
            for (TableShape.Column column : shape.columns()) {
                columns.put(column.name(), new ColumnRows(column.type(), String.valueOf(result.getString(at++))));
            }
            return new TableRows(result.getLong(1), String.valueOf(result.getString(2)), key, columns);
        }
    }
}
