package dev.belay.postgres.validation.internal;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A server's message where it names objects only; its SQLSTATE where it may hold data. */
public final class ServerWords {
    /** Classes whose messages name objects, limits and connections, but no data (PostgreSQL docs, appendix A). */
    private static final Set<String> HARMLESS_CLASSES =
            Set.of("08", "0A", "25", "28", "3D", "3F", "40", "53", "54", "55", "57", "58");

    /** Insufficient privilege; undefined column, function, table, object; grouping error: messages that name objects. */
    private static final Set<String> HARMLESS_STATES = Set.of("42501", "42703", "42883", "42P01", "42704", "42803");

    private ServerWords() {}

    /** Words that may be logged; DETAIL, HINT and CONTEXT are left out. */
    public static String of(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean harmless = state.length() == 5
                && (HARMLESS_STATES.contains(state) || HARMLESS_CLASSES.contains(state.substring(0, 2)));
        if (harmless) {
            return message(e) + " (SQLSTATE " + state + ")";
        }
        if (state.isEmpty()) {
            return "the driver reported " + e.getClass().getSimpleName();
        }
        return "the server answered with SQLSTATE " + state + " (its message is left out: it may hold data)";
    }

    private static String message(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        return String.valueOf(server == null ? e.getMessage() : server.getMessage());
    }
}
