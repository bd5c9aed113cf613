package dev.belay.postgres.observation;

import java.util.Objects;

/**
 * What became of rows that were there before; without their values. Immutable.
 *
 * @param table qualified, quoted where needed
 * @param column quoted where needed; empty where it is about whole rows
 * @param kind what became of them
 * @param description for a person, in one line
 */
public record RowDifference(String table, String column, Kind kind, String description) {
    /** What became of rows. */
    public enum Kind {
        /** The table is gone, and it had rows. */
        TABLE_GONE,
        /** There are more rows or fewer. */
        COUNT,
        /** Values are others, or are in other rows. */
        VALUES,
        /** The column's type is another one, and its values read differently as text. */
        CONVERTED,
        /** As many rows as before; more can't be said, as the columns are gone that told them apart. */
        NOT_COMPARED
    }

    /** Checks that nothing is null. */
    public RowDifference {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(description, "description");
    }

    /** The table, or the column with its table: {@code public.users.name}. */
    public String object() {
        return column.isEmpty() ? table : table + "." + column;
    }

    @Override
    public String toString() {
        return description;
    }
}
