package dev.belay.postgres.revision;

import dev.belay.postgres.sql.StatementNames;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A server's message without the values that it may hold.
 *
 * <p>DETAIL, HINT and CONTEXT are never shown. Of the message itself a quoted text is shown only when it is a name: one
 * that the server reports as the object concerned, or one that stands in the statement outside of its literals. What user
 * code raises is not shown at all.
 */
public final class SafeError {
    /** Classes in which the quoted text is data as a rule; the statement's own words vouch for nothing there. */
    private static final Set<String> DATA = Set.of("22", "23");

    /** Classes whose messages are the server's own (PostgreSQL docs, appendix A). Others belong to user code and extensions. */
    private static final Set<String> SERVERS_OWN = Set.of(
            "08", "0A", "0B", "21", "22", "23", "24", "25", "26", "28", "2B", "2D", "2F", "34", "3B", "3D", "3F", "40",
            "42", "44", "53", "54", "55", "57", "58");

    private static final String OTHER_QUOTES = "\u00ab\u00bb\u201c\u201d\u201e\u2018\u2019\u201a\u300c\u300d`";
    private static final String CUT = "\"\u2026\"";

    private SafeError() {}

    /** The server's message and SQLSTATE, fit for reports and logs. */
    public static String describe(SQLException error, String statement) {
        String state = state(error);
        return text(error, statement) + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
    }

    /** The innermost of the server's or the driver's errors behind a failure of a library. */
    public static Optional<SQLException> behind(Throwable failure) {
        Optional<SQLException> found = Optional.empty();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            found = each instanceof SQLException sql ? Optional.of(sql) : found;
        }
        return found;
    }

    /** The SQLSTATE, or empty. */
    public static String state(SQLException error) {
        return error.getSQLState() == null ? "" : error.getSQLState();
    }

    /** An exception fit to be a cause: the same place and SQLSTATE, a message without values, and no cause of its own. */
    public static SQLException sanitized(SQLException error, String statement) {
        SQLException safe = new SQLException(text(error, statement), error.getSQLState(), error.getErrorCode());
        safe.setStackTrace(error.getStackTrace());
        return safe;
    }

    private static String text(SQLException error, String statement) {
        ServerErrorMessage server = error instanceof PSQLException e ? e.getServerErrorMessage() : null;
        String state = state(error);
        if (server == null || server.getMessage() == null) {
            return state.startsWith("08")
                    ? "the connection to the server was lost"
                    : "the driver refused it: " + error.getClass().getSimpleName();
        }
        if (raisedByUserCode(server, state)) {
            return "raised by the database's own code; its words may hold values and are only in the server's log";
        }
        if (server.getMessage().chars().anyMatch(c -> OTHER_QUOTES.indexOf(c) >= 0)) {
            return "the server's words are only in its log, as they can't be told from values in its language";
        }
        return withoutValues(server, statement, DATA.contains(state.substring(0, 2)));
    }

    private static boolean raisedByUserCode(ServerErrorMessage server, String state) {
        String routine = server.getRoutine() == null ? "" : server.getRoutine();
        return state.length() < 2
                || routine.startsWith("exec_stmt_raise")
                || !SERVERS_OWN.contains(state.substring(0, 2));
    }

    private static String withoutValues(ServerErrorMessage server, String statement, boolean data) {
        String message = String.valueOf(server.getMessage()).lines().findFirst().orElse("");
        List<String> names = names(server);
        int open = message.indexOf('"');
        while (open >= 0) {
            int close = message.indexOf('"', open + 1);
            String quoted = close < 0 ? "" : message.substring(open + 1, close);
            boolean name = close >= 0 && (names.contains(quoted) || !data && StatementNames.contain(statement, quoted));
            if (!name) {
                // a value may itself hold quotes: everything up to the last one goes
                int last = message.lastIndexOf('"');
                return message.substring(0, open) + CUT + (last > open ? message.substring(last + 1) : "");
            }
            open = message.indexOf('"', close + 1);
        }
        return message;
    }

    private static List<String> names(ServerErrorMessage server) {
        List<String> names = new ArrayList<>();
        for (@Nullable
        String name : new @Nullable String[] {
            server.getSchema(), server.getTable(), server.getColumn(), server.getConstraint(), server.getDatatype()
        }) {
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }
}
