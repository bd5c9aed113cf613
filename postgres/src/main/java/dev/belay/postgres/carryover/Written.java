package dev.belay.postgres.carryover;

import dev.belay.postgres.carryover.Change.Kind;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row of {@code belay.written}.
 *
 * @param transaction whose it is
 * @param was which version of which row it replaced; that of no row where it replaced none
 * @param became the version that it made; that of no row where it made none
 * @param overtook whether it was written down before what made the version that it replaced
 * @param change what happened
 */
record Written(String transaction, String was, String became, boolean overtook, Change change) {
    /**
     * Those that were committed since a snapshot, transaction by transaction.
     *
     * <p>A number is taken while the row is locked, and a transaction that writes a row which another has written only gets it once the
     * other is committed. So what depends on a transaction has a higher number than all of it, and transactions in the order of their last
     * numbers are in an order in which they could have been committed. That a foreign key is looked at later than its number is taken is
     * left to who writes it: {@link Restored} tries again.
     *
     * <p>Within a transaction the numbers follow the statements, with one exception: rows that a trigger or a cascade writes while the
     * statement's other rows still wait for their triggers. Where it wrote one of these, the version tells.
     */
    static final String READ = """
            WITH w AS MATERIALIZED (
                SELECT *, pg_catalog.count(*) FILTER (WHERE op = 'TRUNCATE') OVER (PARTITION BY xid, relation ORDER BY seq) AS age
                FROM belay.written %s)
            SELECT w.xid::text, pg_catalog.concat_ws(' ', w.age, w.was, w.relation),
                   pg_catalog.concat_ws(' ', w.age, w.became, w.relation), p.seq IS NOT NULL,
                   w.relation, w.op, w.columns, w.before, w.after
            FROM w
            LEFT JOIN w p ON p.xid = w.xid AND p.relation = w.relation AND p.age = w.age AND p.became = w.was AND p.seq > w.seq
            ORDER BY pg_catalog.max(w.seq) OVER (PARTITION BY w.xid), w.seq
            """;

    static Written of(ResultSet row) throws SQLException {
        Optional<Array> names = Optional.ofNullable(row.getArray(7));
        List<String> columns =
                names.isPresent() ? List.of((String[]) names.get().getArray()) : List.of();
        return new Written(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                new Change(
                        Kind.valueOf(row.getString(6)),
                        List.of(row.getString(5)),
                        values(row, 8, columns),
                        values(row, 9, columns)));
    }

    private static Map<String, Optional<String>> values(ResultSet row, int column, List<String> names)
            throws SQLException {
        return Optional.ofNullable(row.getString(column))
                .map(text -> RowText.read(text, names))
                .orElse(Map.of());
    }
}
