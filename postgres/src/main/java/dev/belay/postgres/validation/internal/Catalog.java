package dev.belay.postgres.validation.internal;

import dev.belay.postgres.snapshot.Jooq;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.RecordMapper;
import org.jooq.exception.DataAccessException;

/** Plain SQL over one connection, mapped to records. */
public final class Catalog {
    private final DSLContext jooq;

    /** Doesn't close the connection, and logs no statement: they may hold what is not for a log. */
    public Catalog(Connection connection) {
        jooq = Jooq.on(connection);
    }

    /** Every row, mapped; the driver's exception goes to the caller as it is. */
    public <T> List<T> rows(String sql, RecordMapper<Record, T> mapper, Object... bindings) throws SQLException {
        try {
            return jooq.fetch(sql, bindings).map(mapper);
        } catch (DataAccessException e) {
            throw Jooq.sqlException(e);
        }
    }

    /** The only row, mapped. */
    public <T> T row(String sql, RecordMapper<Record, T> mapper, Object... bindings) throws SQLException {
        List<T> rows = rows(sql, mapper, bindings);
        if (rows.size() != 1) {
            throw new SQLException("expected one row, got " + rows.size());
        }
        return rows.get(0);
    }

    /** A text column that is never null. */
    public static String text(Record row, String column) {
        return String.valueOf(row.get(column, String.class));
    }

    /** A whole number that is never null. */
    public static long number(Record row, String column) {
        Long value = row.get(column, Long.class);
        return value == null ? 0 : value;
    }

    /** A truth value; null is false. */
    public static boolean flag(Record row, String column) {
        return Boolean.TRUE.equals(row.get(column, Boolean.class));
    }

    /** An array of texts; null is empty. */
    public static List<String> texts(Record row, String column) {
        String[] values = row.get(column, String[].class);
        return values == null ? List.of() : List.of(values);
    }
}
