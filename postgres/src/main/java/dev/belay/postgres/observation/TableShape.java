package dev.belay.postgres.observation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table as far as reading its rows needs it.
 *
 * @param name qualified, quoted where needed
 * @param bytes its size on disk, without indexes; by it the work is shared out
 * @param columns sorted by name: a column that was dropped and added again comes last in its table, and is the same
 */
record TableShape(String name, long bytes, List<Column> columns) {
    /**
     * A column.
     *
     * @param name quoted where needed
     * @param type as declared
     * @param form the expression whose hash stands for the value: equal for equal values on any server
     */
    record Column(String name, String type, String form) {
        /** By text that is the same for the same value of another type: integer and bigint, numeric of another scale. */
        Column asText() {
            String value = type.startsWith("numeric")
                    ? "pg_catalog.trim_scale(" + name + ")"
                    : type.startsWith("timestamp") && type.endsWith("with time zone")
                            ? "pg_catalog.timezone('UTC', " + name + ")"
                            : name;
            return new Column(name, type, text(value));
        }

        /** Compared byte by byte, whatever the column's collation takes for equal. */
        static String text(String value) {
            return "CAST(" + value + " AS pg_catalog.text) COLLATE pg_catalog.\"C\"";
        }
    }

    TableShape {
        columns = columns.stream().sorted(Comparator.comparing(Column::name)).toList();
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
                .toList();
        return new TableShape(name, bytes, common);
    }

    /**
     * The hash of one row, a bigint.
     *
     * <p>hash_record_extended is linear in the hashes of its columns: without the second hash around it, values exchanged
     * between two rows would leave a table's sum as it was. It is that of a numeric, because that of a bigint begins by folding
     * it into 32 bits (hashfunc.c in PostgreSQL's sources).
     *
     * @param serverVersion as in server_version_num; a record can be hashed since 14
     */
    String rowHash(int serverVersion) {
        return rowHash(columns.stream().map(Column::form).toList(), serverVersion);
    }

    private static String rowHash(List<String> forms, int serverVersion) {
        if (forms.isEmpty()) {
            return "0";
        }
        String row = "ROW(" + String.join(", ", forms) + ")";
        return serverVersion >= 140_000
                ? "pg_catalog.hash_numeric_extended(CAST(pg_catalog.hash_record_extended(" + row
                        + ", 0) AS pg_catalog.numeric), 0)"
                : "pg_catalog.hashtextextended(CAST(" + row + " AS pg_catalog.text), 0)";
    }

    /** Counts and sums up, in whatever order the rows come. */
    String fingerprintQuery(int serverVersion) {
        return "SELECT pg_catalog.count(*), COALESCE(pg_catalog.sum(" + rowHash(serverVersion) + "), 0) FROM ONLY "
                + name;
    }

    /**
     * As {@link #fingerprintQuery}, and a sum for each column of its values together with the row's key, so that a column is
     * the same only when every row has its value still.
     *
     * @param key names of columns
     */
    String columnsQuery(List<String> key, int serverVersion) {
        List<String> keyForms = columns.stream()
                .filter(column -> key.contains(column.name()))
                .map(column -> column.asText().form())
                .toList();
        String sums = columns.stream()
                .map(column -> Stream.concat(
                                keyForms.stream(), Stream.of(column.asText().form()))
                        .toList())
                .map(forms -> ", COALESCE(pg_catalog.sum(" + rowHash(forms, serverVersion) + "), 0)")
                .collect(Collectors.joining());
        return "SELECT pg_catalog.count(*), COALESCE(pg_catalog.sum(" + rowHash(serverVersion) + "), 0)" + sums
                + " FROM ONLY " + name;
    }

    /** Every row's hash, sorted. */
    String sortedHashesQuery(int serverVersion) {
        return "SELECT " + rowHash(serverVersion) + " AS h FROM ONLY " + name + " ORDER BY h";
    }
}
