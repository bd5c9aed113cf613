package dev.belay.postgres.engine;

import dev.belay.context.RunContext;
import dev.belay.postgres.connection.internal.StoppedSession;
import dev.belay.postgres.revision.SafeError;
import dev.belay.postgres.sql.SqlStatement;
import dev.belay.postgres.sql.SqlSyntaxException;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.revision.Script;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs scripts that fail when something is missing, each for itself, and undoes what they did. */
final class VerifyScripts {
    /** A script's own transaction is inside one that is rolled back in any case. */
    private static final Pattern TRANSACTION =
            Pattern.compile("(?is)(?:begin|start|commit|end|abort|rollback(?!.*\\bto\\b))\\b.*");

    private final Map<String, Script> scripts;

    /** By the ids of the revisions that they are about. */
    VerifyScripts(Map<String, Script> scripts) {
        this.scripts = scripts;
    }

    /** What fails of those for the applied revisions. */
    List<String> failures(Connection connection, List<String> applied, RunContext run) throws SQLException {
        List<String> failures = new ArrayList<>();
        for (String id : applied) {
            Script script = scripts.get(id);
            if (script != null) {
                run.cancellation().check();
                try (var registration = StoppedSession.during(run.cancellation(), connection)) {
                    undone(connection, id, script).ifPresent(failures::add);
                }
            }
        }
        return failures;
    }

    private static Optional<String> undone(Connection connection, String id, Script script) throws SQLException {
        if (!connection.getAutoCommit()) {
            Savepoint before = connection.setSavepoint();
            try {
                return failure(connection, id, script);
            } finally {
                connection.rollback(before);
                connection.releaseSavepoint(before);
            }
        }
        connection.setAutoCommit(false);
        try {
            return failure(connection, id, script);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static Optional<String> failure(Connection connection, String id, Script script) {
        try (StatementReader statements = new StatementReader(script.open(), script.origin(), script.firstLine());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            while (statements.hasNext()) {
                SqlStatement next = statements.next();
                if (isTransaction(next)) {
                    continue;
                }
                try {
                    statement.execute(next.text());
                } catch (SQLException e) {
                    return Optional.of("the check of revision " + id + " failed at " + next.describe() + ": "
                            + SafeError.describe(e, next.text()) + ".");
                }
            }
            return Optional.empty();
        } catch (SqlSyntaxException | SQLException | IOException e) {
            return Optional.of("the check of revision " + id + " could not be run: " + words(e));
        }
    }

    private static String words(Exception e) {
        return e instanceof SQLException sql ? SafeError.describe(sql, "") + "." : String.valueOf(e.getMessage());
    }

    private static boolean isTransaction(SqlStatement statement) {
        return TRANSACTION.matcher(statement.text()).matches() && statement.isTransactionControl();
    }
}
