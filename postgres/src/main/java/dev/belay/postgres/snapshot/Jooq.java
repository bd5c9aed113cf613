package dev.belay.postgres.snapshot;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** jOOQ over one connection, for plain SQL. */
public final class Jooq {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private Jooq() {}

    /** Doesn't close the connection, and logs no statement: they may hold what is not for a log. */
    public static DSLContext on(Connection connection) {
        return DSL.using(
                connection,
                SQLDialect.POSTGRES,
                new Settings().withExecuteLogging(false).withFetchWarnings(false));
    }

    /** What the server or the driver said, as JDBC would have told it. */
    public static SQLException sqlException(DataAccessException e) {
        SQLException cause = e.getCause(SQLException.class);
        return cause == null ? new SQLException("jOOQ failed: " + e.getClass().getSimpleName(), e) : cause;
    }
}
