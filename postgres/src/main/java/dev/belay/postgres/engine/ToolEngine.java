package dev.belay.postgres.engine;

import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.engine.RevisionFailedException;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.revision.SafeError;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Change;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all tools that run their revisions themselves: which are there, which are applied, and the ways between.
 *
 * <p>What a subclass adds: how the files and the tool's history are read, and how the tool is told to run them. It is taken that
 * the tool may commit in the middle, so that a failed run is undone by its downgrades, else by a restore.
 *
 * @since 0.1
 */
public abstract class ToolEngine implements MigrationEngine {
    private volatile @Nullable RevisionGraph latest;

    /** For subclasses. */
    protected ToolEngine() {}

    /**
     * Reads the revisions from the tool's files.
     *
     * @throws dev.belay.revision.RevisionException when they can't be read
     */
    protected abstract RevisionGraph read();

    /**
     * The ids that the tool's history says are applied, each after its parents; none where there is no history.
     *
     * @param graph the revisions that there are; the history may know others
     */
    protected abstract List<String> applied(Connection connection, RevisionGraph graph) throws SQLException;

    /** The tables of the tool's history, qualified and quoted where needed; none where there are none yet. */
    protected abstract Set<String> tables(Connection connection) throws SQLException;

    /**
     * Has the tool run a route, which isn't empty; as {@link MigrationEngine#run}.
     *
     * @return a result for each revision, in the order in which they ran
     */
    protected abstract List<RevisionResult> runSteps(Route route, EngineContext context);

    @Override
    public final List<RevisionResult> run(Route route, EngineContext context) {
        context.cancellation().check();
        return route.isEmpty() ? List.of() : runSteps(route, context);
    }

    @Override
    public final Set<String> historyTables(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return tables(connection);
        }
    }

    @Override
    public final RevisionGraph graph() {
        RevisionGraph graph = read();
        latest = graph;
        return graph;
    }

    /** The revisions as they were when the route was found: what runs is what was looked at. */
    protected final RevisionGraph latest() {
        RevisionGraph graph = latest;
        return graph == null ? graph() : graph;
    }

    /** {@inheritDoc} Reads the files anew: what is to be run again, some tools tell by them. */
    @Override
    public final EngineState state(Database database) throws SQLException {
        RevisionGraph graph = graph();
        try (Connection connection = database.connect()) {
            return state(connection, graph);
        }
    }

    @Override
    public final EngineState state(Connection connection) throws SQLException {
        return state(connection, latest());
    }

    private EngineState state(Connection connection, RevisionGraph graph) throws SQLException {
        List<AppliedRevision> applied = new ArrayList<>();
        for (String id : applied(connection, graph)) {
            applied.add(applied(id, graph));
        }
        return new EngineState(applied, Optional.empty());
    }

    private static AppliedRevision applied(String id, RevisionGraph graph) {
        Optional<Revision> revision = graph.get(id);
        return new AppliedRevision(
                id,
                revision.map(Revision::parents).orElse(List.of()),
                revision.map(Revision::description).orElse(""),
                "",
                Instant.EPOCH,
                false);
    }

    @Override
    public final Route route(Direction direction, Target target, EngineState state, RevisionGraph graph) {
        for (AppliedRevision applied : state.applied()) {
            if (graph.get(applied.id()).isEmpty()) {
                throw new RevisionMissingException(
                        applied.id(), "", "base", ", and without it " + describe() + " can't go either way");
            }
        }
        return direction == Direction.UP ? graph.up(target, state.applied()) : graph.down(target, state.applied());
    }

    /**
     * The state after a stamp: the target and what it builds on. A target counted from what is applied is counted from there, any
     * other from nothing, as what is applied may be wrong.
     */
    protected final EngineState stamped(Target target, EngineState state) {
        RevisionGraph graph = latest();
        String text = target.toString();
        if (text.startsWith("-") || text.equals("base")) {
            return after(graph.down(target, state.applied()), state);
        }
        EngineState from = text.startsWith("+") ? state : new EngineState(List.of(), Optional.empty());
        return after(graph.up(target, from.applied()), from);
    }

    /** The state that a route leads to from another. */
    protected final EngineState after(Route route, EngineState before) {
        List<AppliedRevision> applied = new ArrayList<>();
        for (AppliedRevision revision : before.applied()) {
            if (!route.steps().contains(revision.id())) {
                applied.add(revision);
            }
        }
        if (route.direction() == Direction.UP) {
            route.steps().forEach(id -> applied.add(applied(id, latest())));
        }
        return new EngineState(applied, Optional.empty());
    }

    /**
     * A connection for the tool, with the limits of the run; what it does is cancelled with the run, until the caller closes it. Of an
     * engine whose tool takes connections.
     */
    protected static Connection connect(EngineContext context) throws SQLException {
        Connection connection = context.database().connect(context.cancellation());
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = " + context.lockTimeout().toMillis());
            statement.execute(
                    "set statement_timeout = " + context.statementTimeout().toMillis());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether a failure says that others held a lock for too long, or that it was a deadlock's victim. */
    protected static boolean isInTheWay(SQLException failure) {
        return Retries.isInTheWay(SafeError.state(failure));
    }

    /**
     * Does again what failed only because others were in the way, up to five times in all and with growing pauses, as Belay's own
     * engine does; each time is noted.
     *
     * @param inTheWay whether a failure is of this kind, and left nothing behind
     */
    protected static <T> T retried(EngineContext context, Predicate<RevisionFailedException> inTheWay, Callable<T> work)
            throws SQLException {
        try {
            return Retries.call(
                    context.cancellation(),
                    e -> e instanceof RevisionFailedException failed && inTheWay.test(failed),
                    e -> context.note("Revision " + ((RevisionFailedException) e).revision()
                            + " did not get a lock within "
                            + context.lockTimeout().toMillis()
                            + " ms. It was rolled back and is tried again up to " + Retries.TRIES + " times."),
                    work);
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the work throws nothing else", e);
        }
    }

    @Override
    public final List<Route> wayBack(EngineState now, EngineState before) {
        return new WaysBack(latest()).find(now, before);
    }

    @Override
    public boolean isTransactional(Route route, EngineState state) {
        return false;
    }

    @Override
    public final List<String> irreversible(Route route) {
        List<String> reasons = new ArrayList<>();
        if (route.direction() == Direction.UP) {
            for (String id : route.steps()) {
                if (latest().find(id).downgrade() instanceof Change.Irreversible irreversible) {
                    reasons.add(id + ": " + irreversible.reason());
                }
            }
        }
        return reasons;
    }
}
