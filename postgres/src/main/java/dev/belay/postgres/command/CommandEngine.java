package dev.belay.postgres.command;

import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.engine.ToolEngine;
import dev.belay.postgres.revision.SafeError;
import dev.belay.postgres.revision.TableNames;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ToolSession;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A tool's commands behind Belay's interface. */
final class CommandEngine extends ToolEngine {
    private final CommandLineTool source;
    private final ToolCommands tool;
    private final AtomicBoolean follows = new AtomicBoolean();

    CommandEngine(CommandLineTool source, ToolCommands tool) {
        this.source = source;
        this.tool = tool;
    }

    @Override
    public String describe() {
        return source.describe();
    }

    @Override
    protected RevisionGraph read() {
        return RevisionGraph.of(source.load());
    }

    @Override
    protected List<String> applied(Connection connection, RevisionGraph graph) throws SQLException {
        List<String> applied = new ArrayList<>();
        if (!TableNames.of(connection, tool.table()).isEmpty()) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(tool.applied())) {
                while (row.next()) {
                    applied.add(row.getString(1));
                }
            }
        }
        return applied;
    }

    /** The command that checks makes the history table of most tools. */
    @Override
    public void prepare(Database database) {
        requireThatItFollows(PostgresEndpoint.of(database), "prepare", Cancellation.withoutTimeout());
    }

    @Override
    protected Set<String> tables(Connection connection) throws SQLException {
        return TableNames.of(connection, tool.table());
    }

    /** Were the tool to connect to a place of its own choice, the test run would change the real database. */
    private void requireThatItFollows(PostgresEndpoint database, String run, Cancellation cancellation) {
        if (follows.get()) {
            return;
        }
        String name = "belay " + tool.name() + " " + run;
        try {
            tool.run(
                    tool.check(), Optional.of(ToolSession.of(database, name)), InputStream::readAllBytes, cancellation);
        } catch (ClientProcessException e) {
            throw UnusableCommandException.fails(tool, "checks the connection", e);
        }
        try {
            tool.run(
                    tool.check(),
                    Optional.of(ToolSession.of(ToolSession.nowhere(database, run), name)),
                    InputStream::readAllBytes,
                    cancellation);
        } catch (ClientProcessException e) {
            follows.set(true);
            return;
        }
        throw UnusableCommandException.misdirected(tool);
    }

    @Override
    protected List<RevisionResult> runSteps(Route route, EngineContext context) {
        PostgresEndpoint database = PostgresEndpoint.of(context.database());
        requireThatItFollows(database, context.runId(), context.cancellation());
        try {
            return new CommandRun(tool, this, latest().size(), database, context).run(route, state(database));
        } catch (SQLException e) {
            context.cancellation().check();
            throw new CommandFailedException(
                    route.steps().get(0),
                    "The history of " + tool.name() + " in " + database.location() + " could not be read: "
                            + SafeError.describe(e, "") + ".",
                    SafeError.sanitized(e, ""));
        }
    }

    @Override
    public void script(Route route, EngineState state, Appendable out) {
        if (!route.isEmpty()) {
            throw new CommandFailedException(
                    route.steps().get(0),
                    tool.name() + " writes no SQL beforehand. Nothing was changed. The test run shows what it does.",
                    null);
        }
    }

    @Override
    public void stamp(Target target, EngineContext context) throws SQLException {
        EngineState state = state(context.database());
        EngineState wanted = stamped(target, state);
        if (!wanted.sameAs(state)) {
            throw new CommandFailedException(
                    target.toString(),
                    "The history of " + tool.name() + " is written by its own command alone. Nothing was changed."
                            + " Record there what is applied.",
                    null);
        }
    }
}
