package dev.belay.postgres.observation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as far as reading its rows needs it.
 *
 * @param name qualified, quoted where needed
 * @param bytes its size on disk, without indexes; by it the work is shared out
 * @param columns in the order of the table
 */
record TableShape(String name, long bytes, List<Column> columns) {
    /**
     * A column.
     *
     * @param name quoted where needed
     * @param form the expression whose hash stands for the value: equal for equal values on any server
     */
    record Column(String name, String form) {
        Column asText() {
            return new Column(name, "CAST(" + name + " AS pg_catalog.text)");
        }
    }

    TableShape {
        columns = List.copyOf(columns);
    }

    /**
     * The columns that both have, of this table; by text where the types differ, so that an integer equals the same bigint.
     */
    TableShape commonWith(TableShape other) {
        Map<String, Column> theirs = other.columns.stream().collect(Collectors.toMap(Column::name, c -> c));
        List<Column> common = columns.stream()
                .flatMap(
                        mine -> Optional.ofNullable(theirs.get(mine.name()))
                                .map(their -> their.equals(mine) ? mine : mine.asText())
                                .stream())
                .sorted(java.util.Comparator.comparing(Column::name))
                .toList();
        return new TableShape(name, bytes, common);
    }

    /**
     * The hash of one row, a bigint.
     *
     * <p>hash_record_extended is linear in the hashes of its columns: without the second hash around it, values exchanged
     * between two rows would leave a table's sum as it was.
     *
     * @param serverVersion as in server_version_num; a record can be hashed since 14
     */
    String rowHash(int serverVersion) {
        if (columns.isEmpty()) {
            return "0";
        }
        String forms = columns.stream().map(Column::form).collect(Collectors.joining(", ", "ROW(", ")"));
        return serverVersion >= 140_000
                ? "pg_catalog.hashint8extended(pg_catalog.hash_record_extended(" + forms + ", 0), 0)"
                : "pg_catalog.hashtextextended(CAST(" + forms + " AS pg_catalog.text), 0)";
    }

    /** Counts and sums up, in whatever order the rows come. */
    String fingerprintQuery(int serverVersion) {
        return "SELECT pg_catalog.count(*), COALESCE(pg_catalog.sum(" + rowHash(serverVersion) + "), 0) FROM ONLY "
                + name;
    }

    /** Every row's hash, sorted. */
    String sortedHashesQuery(int serverVersion) {
        return "SELECT " + rowHash(serverVersion) + " AS h FROM ONLY " + name + " ORDER BY h";
    }
}
