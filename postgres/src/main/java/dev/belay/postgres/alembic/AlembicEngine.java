package dev.belay.postgres.alembic;

import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.engine.ToolEngine;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ToolSession;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Alembic behind Belay's interface. */
final class AlembicEngine extends ToolEngine {
    private final AlembicProject project;
    private final PostgresEndpoint home;
    private final VersionTable versions;
    private final AtomicBoolean follows = new AtomicBoolean();

    AlembicEngine(AlembicProject project, Database home) {
        this.project = project;
        this.home = PostgresEndpoint.of(home);
        this.versions = new VersionTable(project.versionTable());
    }

    @Override
    public String describe() {
        return "Alembic (" + project.configuration() + ")";
    }

    @Override
    protected RevisionGraph read() {
        return RevisionGraph.of(PythonRevisions.read(project));
    }

    @Override
    protected List<String> applied(Connection connection, RevisionGraph graph) throws SQLException {
        return versions.applied(connection, graph);
    }

    @Override
    public void prepare(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            if (!versions.exists(connection)) {
                statement.execute(versions.create());
            }
        }
    }

    @Override
    protected Set<String> tables(Connection connection) throws SQLException {
        return versions.names(connection);
    }

    @Override
    protected List<RevisionResult> runSteps(Route route, EngineContext context) {
        List<RevisionResult> results = new ArrayList<>();
        PostgresEndpoint database = PostgresEndpoint.of(context.database());
        try {
            if (!follows.get()) {
                requireThatItFollows(database, context);
                follows.set(true);
            }
            EngineState before = state(database);
            AlembicRun run = new AlembicRun(project, this, database, context);
            for (AlembicWalk.Leg leg : new AlembicWalk(latest(), before.ids()).of(route)) {
                context.checkLock();
                results.addAll(retried(
                        context,
                        e -> e instanceof AlembicFailedException failed && failed.isInTheWay(),
                        () -> run.leg(route.direction(), leg)));
            }
            run.requireArrived(route, after(route, before));
            return results;
        } catch (SQLException e) {
            context.cancellation().check();
            throw new AlembicFailedException(
                    route.steps().get(0), "The history of Alembic in " + database.location() + " could not be read", e);
        }
    }

    /** Were env.py to connect to a place of its own choice, the test run would change the real database. */
    private void requireThatItFollows(PostgresEndpoint database, EngineContext context) {
        PostgresEndpoint none = ToolSession.nowhere(database, context.runId());
        AlembicErrors errors = new AlembicErrors(project.versions());
        try {
            new AlembicProcess(project, ToolSession.of(none, "belay alembic " + context.runId()))
                    .run(List.of("current"), errors::add, output -> output.readAllBytes(), context.cancellation());
        } catch (ClientProcessException e) {
            if (e.exitStatus() < 0) {
                throw new AlembicMissingException(project, e);
            }
            return;
        }
        throw new MisdirectedException(project);
    }

    @Override
    public void script(Route route, EngineState state, Appendable out) throws IOException {
        if (route.isEmpty()) {
            return;
        }
        List<String> heads = state.heads();
        List<AlembicWalk.Leg> legs = new AlembicWalk(latest(), state.ids()).of(route);
        if (heads.size() > 1 || legs.size() > 1) {
            throw new AlembicFailedException(
                    route.steps().get(0),
                    "Alembic writes SQL only for one way from one head, and here are " + heads.size() + " heads and "
                            + legs.size() + " ways. Nothing was changed. Name one revision as the target",
                    null);
        }
        boolean up = route.direction() == Direction.UP;
        String from = heads.isEmpty() ? "base" : heads.get(0);
        String range = up && heads.isEmpty()
                ? legs.get(0).target()
                : from + ":" + legs.get(0).target();
        AlembicErrors errors = new AlembicErrors(project.versions());
        StringBuilder sql = new StringBuilder();
        try {
            new AlembicProcess(project, ToolSession.of(home, "belay alembic"))
                    .run(
                            List.of(up ? "upgrade" : "downgrade", range, "--sql"),
                            errors::add,
                            output -> sql.append(new String(output.readAllBytes(), StandardCharsets.UTF_8)),
                            Cancellation.withoutTimeout());
        } catch (ClientProcessException e) {
            throw new AlembicFailedException(
                    route.steps().get(0),
                    "Alembic could not write the SQL of " + range + ": " + errors.describe()
                            + ". Nothing was changed. A revision that reads from the database has no SQL of its own",
                    null);
        }
        out.append(sql);
    }

    @Override
    public void stamp(Target target, EngineContext context) throws SQLException {
        graph();
        try (Connection connection = context.database().connect()) {
            connection.setAutoCommit(false);
            versions.write(connection, stamped(target, state(connection)).heads());
            context.checkLock();
            connection.commit();
        }
    }
}
