package dev.belay.postgres.alembic;

import dev.belay.context.RunCancelledException;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.alembic.AlembicWalk.Leg;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.engine.ToolEngine;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ToolSession;
import dev.belay.revision.Direction;
import dev.belay.revision.Route;
import java.sql.SQLException;
import java.util.List;

/** One route through one database. */
final class AlembicRun {
    private final AlembicProject project;
    private final ToolEngine engine;
    private final PostgresEndpoint database;
    private final EngineContext context;
    private final ToolSession session;

    AlembicRun(AlembicProject project, ToolEngine engine, PostgresEndpoint database, EngineContext context) {
        this.project = project;
        this.engine = engine;
        this.database = database;
        this.context = context;
        this.session = ToolSession.of(database, "belay alembic " + context.runId())
                .limits(context.lockTimeout(), context.statementTimeout());
    }

    List<RevisionResult> leg(Direction direction, Leg leg) throws SQLException {
        EngineState before = engine.state(database);
        AlembicErrors errors = new AlembicErrors(project.versions());
        RevisionWatch watch = new RevisionWatch(direction, leg.steps());
        try {
            new AlembicProcess(project, session)
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
            session.end();
            throw e;
        } catch (ClientProcessException e) {
            session.end();
            boolean inTheWay = errors.isInTheWay() && engine.state(database).sameAs(before);
            throw new AlembicFailedException(
                    watch.current(),
                    (direction == Direction.UP ? "Revision " : "The downgrade of revision ") + watch.current()
                            + " failed: " + errors.describe(),
                    inTheWay,
                    null);
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
