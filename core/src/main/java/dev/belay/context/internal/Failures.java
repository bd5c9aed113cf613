package dev.belay.context.internal;

import dev.belay.BelayException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** Words for failures that never hold a row's value or a literal. */
public final class Failures {
    /**
     * Classes of SQLSTATE whose messages name objects, limits and connections but no data (PostgreSQL docs, appendix A):
     * connection, authorization, transaction state, resources, limits, object state, operator intervention, system, config.
     */
    private static final Set<String> HARMLESS =
            Set.of("08", "0A", "25", "28", "3D", "3F", "40", "53", "54", "55", "57", "58", "F0");

    private static final String DISK_FULL = "53100";
    private static final String MAKE_ROOM = ": the server's disk is full. Make room there, and run again";

    private Failures() {}

    /** Whether a connection was cut, or the server went away: that says nothing of the work that was done through it. */
    public static boolean isConnectionLost(Throwable failure) {
        if (failure instanceof SQLException sql && sql.getSQLState() != null) {
            String state = sql.getSQLState();
            return state.startsWith("08") || state.startsWith("57P");
        }
        return Stream.concat(Stream.ofNullable(failure.getCause()), Arrays.stream(failure.getSuppressed()))
                .anyMatch(Failures::isConnectionLost);
    }

    /** What happened, in words that may be logged. */
    public static String words(Throwable failure) {
        if (failure instanceof BelayException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof SQLException sql) {
            return words(sql);
        }
        if (failure instanceof java.io.IOException) {
            return failure.getClass().getSimpleName() + ": " + failure.getMessage();
        }
        return "unexpected " + failure.getClass().getName();
    }

    private static String words(SQLException failure) {
        String state = failure.getSQLState() == null ? "none" : failure.getSQLState();
        boolean harmless = state.length() == 5 && HARMLESS.contains(state.substring(0, 2));
        return harmless
                ? failure.getMessage() + " (SQLSTATE " + state + ")" + (state.equals(DISK_FULL) ? MAKE_ROOM : "")
                : "the server answered with SQLSTATE " + state + " (its message is left out: it may hold data)";
    }
}
