package dev.belay.postgres.sample;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table that rows can be put into. All names are quoted where needed.
 *
 * @param name qualified; of a partition its own
 * @param into where rows are inserted: of a partition its root, which routes them and knows their identity columns
 * @param columns those that can be written
 * @param checks its check constraints, and the bound of a partition
 * @param foreignKeys the larger ones first
 * @param keys unique and exclusion constraints and unique indexes
 */
record SampleTable(
        String name,
        String into,
        List<Column> columns,
        List<Check> checks,
        List<ForeignKey> foreignKeys,
        List<UniqueKey> keys) {
    /**
     * A column that can be written.
     *
     * @param name quoted where needed
     * @param type its oid
     * @param typmod its length or precision, as the catalog has it
     * @param declared its type as it is declared
     * @param nullable whether it takes NULL
     * @param numbered whether the server numbers it: an identity column or a default that calls nextval
     * @param standard its default where that is a constant
     */
    record Column(
            String name,
            long type,
            int typmod,
            String declared,
            boolean nullable,
            boolean numbered,
            Optional<String> standard) {}

    /**
     * What a row must satisfy.
     *
     * @param name of the constraint
     * @param expression as SQL over the columns
     * @param columns those in it
     * @param bound whether it is a partition's bound
     */
    record Check(String name, String expression, List<String> columns, boolean bound) {}

    /**
     * A reference to another table.
     *
     * @param name of the constraint
     * @param columns the referring ones
     * @param parent the table that is referred to
     * @param source what its rows are selected from: ONLY the table, unless that is partitioned
     * @param parentColumns the columns that are referred to, in the same order
     * @param full whether it is MATCH FULL
     * @param deferrable whether it can be checked at the end of the transaction
     */
    record ForeignKey(
            String name,
            List<String> columns,
            String parent,
            String source,
            List<String> parentColumns,
            boolean full,
            boolean deferrable) {
        /** Whether a row of this table can do without a row of the parent. */
        boolean optionalIn(SampleTable table) {
            return full
                    ? columns.stream().allMatch(table::isNullable)
                    : columns.stream().anyMatch(table::isNullable);
        }

        boolean refersTo(SampleTable table) {
            return parent.equals(table.into());
        }
    }

    /**
     * What no two rows share.
     *
     * @param columns those in it
     * @param plain whether two rows with the same values in these columns break it, and nothing else does
     */
    record UniqueKey(List<String> columns, boolean plain) {}

    SampleTable {
        columns = List.copyOf(columns);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
        keys = List.copyOf(keys);
    }

    Optional<Column> column(String column) {
        return columns.stream().filter(one -> one.name().equals(column)).findFirst();
    }

    boolean isNullable(String column) {
        return column(column).map(Column::nullable).orElse(false);
    }

    /** Whether two rows should differ in it. */
    boolean isDistinct(String column) {
        return keys.stream().anyMatch(key -> key.columns().contains(column));
    }

    /** Those that a row is written with: the server numbers the others, unless something depends on the number. */
    List<Column> written(Set<String> wanted) {
        return columns.stream()
                .filter(column -> !column.numbered()
                        || wanted.contains(column.name())
                        || dependsOn(column.name())
                        || isPartOfABound(column.name()))
                .toList();
    }

    private boolean dependsOn(String column) {
        return foreignKeys.stream()
                .anyMatch(key -> key.columns().contains(column)
                        || key.refersTo(this)
                                && !key.optionalIn(this)
                                && key.parentColumns().contains(column));
    }

    private boolean isPartOfABound(String column) {
        return checks.stream()
                .anyMatch(check -> check.bound() && check.columns().contains(column));
    }

    /** Its foreign keys to tables that are among these. */
    List<ForeignKey> foreignKeysTo(Collection<String> parents) {
        return foreignKeys.stream()
                .filter(key -> parents.contains(key.parent()))
                .toList();
    }
}
