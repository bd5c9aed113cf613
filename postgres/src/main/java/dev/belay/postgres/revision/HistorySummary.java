package dev.belay.postgres.revision;

import dev.belay.postgres.sql.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is applied, in one row: enough to find out that it is what is on disk.
 *
 * @param checksum over a line for each revision; empty where the table has what only its rows tell
 * @param heads the applied heads, sorted
 */
public record HistorySummary(Optional<String> checksum, List<String> heads) {
    /** Of the row of {@link SummedHistory#summarySql}, whose heads have commas between them. */
    public static HistorySummary of(ResultSet row) throws SQLException {
        row.next();
        List<String> heads = Stream.of(row.getString(2).split(","))
                .filter(head -> !head.isEmpty())
                .sorted()
                .toList();
        return new HistorySummary(Optional.ofNullable(row.getString(1)), heads);
    }

    /** The checksum as SQL: an aggregate over lines, in an order. */
    public static String checksumSql(String line, String order) {
        return "pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.string_agg(" + line
                + ", E'\\n' order by " + order + "), 'UTF8')), 'hex')";
    }

    /** The same checksum of lines. */
    public static String checksum(Iterable<String> lines) {
        Sha256 digest = new Sha256();
        digest.update(String.join("\n", lines));
        return digest.hex();
    }
}
