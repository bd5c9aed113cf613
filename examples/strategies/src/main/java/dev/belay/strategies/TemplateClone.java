package dev.belay.strategies;

// tag::testrun[]
import dev.belay.database.Database;
import dev.belay.testrun.TestCopy;
import dev.belay.testrun.TestRunContext;
import dev.belay.testrun.TestRunFailedException;
import dev.belay.testrun.TestRunStrategy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Tries the change on a copy that the server makes file by file; nobody may be connected meanwhile. */
public record TemplateClone() implements TestRunStrategy {
    @Override
    public TestCopy copy(TestRunContext context) {
        Database original = context.database();
        Database clone = original.named("clone_" + context.runId());
        try {
            execute(original, "CREATE DATABASE \"" + clone.name() + "\" TEMPLATE \"" + original.name() + "\"");
        } catch (SQLException e) {
            throw new TestRunFailedException(
                    "No copy of " + original.name() + " could be made. Nothing was changed. Is somebody connected?", e);
        }
        return new TestCopy(
                clone,
                "a template copy",
                () -> execute(original, "DROP DATABASE \"" + clone.name() + "\" WITH (FORCE)"));
    }

    /** CREATE DATABASE is run from the maintenance database: a template must have no session, not even ours. */
    private static void execute(Database original, String sql) throws SQLException {
        try (Connection connection = original.named("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
// end::testrun[]
