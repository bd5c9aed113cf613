package dev.belay.postgres.lossless;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a step took from a table, and where it is kept. Told by names: the numbers of tables and columns don't outlive a dump.
 *
 * @param id its number; the rows are in {@code belay.kept_<id>}
 * @param table the table's name before the step
 * @param after its name after the step; empty when it is gone
 * @param whole rows can't be told apart: all of them are kept, and given back only together
 * @param ordinal equal rows are told apart by counting them
 * @param columns the columns before the step
 * @param gone whether whole rows were taken
 * @param marks what the rows were, right after the step, of the tables that got some by it
 */
record Kept(
        long id,
        String table,
        String after,
        boolean whole,
        boolean ordinal,
        List<Column> columns,
        boolean gone,
        List<Mark> marks) {
    /**
     * A column.
     *
     * @param place its place in the kept table: {@code b<place>} is the value before, {@code a<place>} the one after, as text,
     *     and {@code d<place>} whether they differ
     * @param name its name before the step
     * @param type its type before the step
     * @param after its name after the step; empty when it is gone
     * @param lost whether the step took values of it
     * @param telling whether it tells rows apart
     * @param given whether values can be given to it
     */
    record Column(int place, String name, String type, String after, boolean lost, boolean telling, boolean given) {
        boolean dropped() {
            return after.isEmpty();
        }
    }

    /** The rows of a table, hashed. */
    record Mark(String table, String hash) {}

    Kept {
        columns = List.copyOf(columns);
        marks = List.copyOf(marks);
    }

    String rows() {
        return "belay.kept_" + id;
    }

    String seen() {
        return "belay.seen_" + id;
    }

    /** The columns of which values were taken, in rows that are still there. */
    List<Column> lost() {
        return columns.stream().filter(Column::lost).toList();
    }

    List<Column> telling() {
        return columns.stream().filter(Column::telling).toList();
    }

    /** Whether the table outlived the step. */
    boolean stayed() {
        return !after.isEmpty();
    }

    /** Tells rows of the table apart, as it is before the step or after its undoing. */
    String identBefore() {
        return ident(telling().stream().map(column -> "t." + column.name()).toList(), ordinal);
    }

    /** Tells rows of the table apart, as it is after the step. */
    String identAfter() {
        return ident(telling().stream().map(column -> "t." + column.after()).toList(), ordinal);
    }

    static String ident(List<String> values, boolean ordinal) {
        String row = "cast(row(" + String.join(", ", values) + ") as pg_catalog.text) collate pg_catalog.\"C\"";
        return ordinal ? "(" + row + ") || '#' || pg_catalog.row_number() over (partition by " + row + ")" : row;
    }

    static String text(String value) {
        return "(cast(" + value + " as pg_catalog.text) collate pg_catalog.\"C\")";
    }

    Optional<Mark> ownMark() {
        return marks.stream().filter(mark -> mark.table().equals(after)).findFirst();
    }

    @Override
    public String toString() {
        return table + lost().stream().map(Column::name).collect(Collectors.joining(", ", " (", ")"));
    }
}
