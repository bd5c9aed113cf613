package dev.belay.postgres.alembic;

import dev.belay.context.RunCancelledException;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.alembic.AlembicWalk.Leg;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.engine.ToolEngine;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.revision.Direction;
import dev.belay.revision.Route;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** One route through one database. */
final class AlembicRun {
    private final AlembicProject project;
    private final ToolEngine engine;
    private final PostgresEndpoint database;
    private final EngineContext context;
    private final String session;

    AlembicRun(AlembicProject project, ToolEngine engine, PostgresEndpoint database, EngineContext context) {
        this.project = project;
        this.engine = engine;
        this.database = database;
        this.context = context;
        this.session = "belay alembic " + context.runId();
    }

    List<RevisionResult> leg(Direction direction, Leg leg) throws SQLException {
        EngineState before = engine.state(database);
        AlembicErrors errors = new AlembicErrors(project.versions());
        RevisionWatch watch = new RevisionWatch(direction, leg.steps());
        try {
            new AlembicProcess(project, database, session)
                    .limits(context.lockTimeout(), context.statementTimeout())
                    .run(
                            List.of(direction == Direction.UP ? "upgrade" : "downgrade", leg.target()),
                            line -> {
                                errors.add(line);
                                watch.hear(line);
                            },
                            output -> output.readAllBytes(),
                            context.cancellation());
            return watch.results(context);
        } catch (RunCancelledException e) {
            endSessions();
            throw e;
        } catch (ClientProcessException e) {
            endSessions();
            boolean inTheWay = errors.isInTheWay() && engine.state(database).sameAs(before);
            throw new AlembicFailedException(
                    watch.current(),
                    (direction == Direction.UP ? "Revision " : "The downgrade of revision ") + watch.current()
                            + " failed: " + errors.describe(),
                    inTheWay,
                    null);
        }
    }

    /** A program that was stopped may have left a statement running in the server. */
    private void endSessions() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select pg_catalog.pg_terminate_backend(pid, 5000) from pg_catalog.pg_stat_activity"
                                + " where application_name = ? and datname = ?")) {
            statement.setString(1, session);
            statement.setString(2, database.name());
            statement.execute();
        }
    }

    /** Alembic's word alone doesn't count. */
    void requireArrived(Route route, EngineState wanted) throws SQLException {
        EngineState now = engine.state(database);
        if (!now.sameAs(wanted)) {
            throw new AlembicFailedException(
                    route.steps().get(0),
                    "Alembic ended without an error, but " + database.location() + " is at " + now.heads()
                            + " and not at " + route.to() + ", by its table " + project.versionTable(),
                    null);
        }
    }
}
