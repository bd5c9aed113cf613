package dev.belay.postgres.engine;

import dev.belay.BelayException;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.EngineState.Partial;
import dev.belay.engine.FailureMark;
import dev.belay.engine.MigrationEngine;
import dev.belay.engine.RevisionFailedException;
import dev.belay.engine.RevisionResult;
import dev.belay.engine.UnsettledHistoryException;
import dev.belay.postgres.history.HistoryTables;
import dev.belay.postgres.lossless.KnownLosers;
import dev.belay.postgres.lossless.Retention;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.postgres.revision.SafeError;
import dev.belay.revision.Change;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Route;
import dev.belay.revision.Script;
import dev.belay.revision.Target;
import dev.belay.run.FirstLook;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Belay's own engine: SQL scripts and Java code, run over JDBC, with their history in schema {@code belay}.
 *
 * <p>Consecutive transactional revisions run in one transaction together with their history rows; a non-transactional one
 * runs statement by statement and goes on where it stopped. A statement that gets no lock in time, or is the victim of a
 * deadlock, is tried five times in all.
 *
 * <p>Leaves behind: the tables {@code belay.history} and {@code belay.progress}, made with the first revision. Thread-safe.
 *
 * <p>Limitations:
 * <ul>
 *   <li>a statement that can't run in a transaction and was running when the JVM died is run again; that it is there
 *       already, or gone already, is then taken as done;
 *   <li>an invalid index that a REINDEX CONCURRENTLY leaves behind is not dropped.
 * </ul>
 *
 * @since 0.1
 */
public final class BelayEngine implements MigrationEngine {
    private final RevisionSource source;
    private final HistoryTable history;
    private final Database home;
    private final KnownLosers losers = new KnownLosers();
    private volatile @Nullable RevisionGraph latest;

    private BelayEngine(RevisionSource source, Database home) {
        this.source = Objects.requireNonNull(source, "source");
        this.history = HistoryTables.of(source.layout(), source.settings());
        this.home = Objects.requireNonNull(home, "home");
    }

    /**
     * An engine.
     *
     * @param source the revisions; read anew for each {@link #graph}, {@link #route} and {@link #stamp}
     * @param home the database whose history is asked for stored downgrades where only a state is passed
     */
    public static BelayEngine of(RevisionSource source, Database home) {
        return new BelayEngine(source, home);
    }

    @Override
    public String describe() {
        return "Belay (" + source.describe() + ")";
    }

    @Override
    public RevisionGraph graph() {
        RevisionGraph graph = RevisionGraph.of(source.load());
        latest = graph;
        return graph;
    }

    /** The revisions as they were when the route was found: what runs is what was looked at. */
    private RevisionGraph latest() {
        RevisionGraph graph = latest;
        return graph == null ? graph() : graph;
    }

    @Override
    public EngineState state(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return state(connection);
        }
    }

    @Override
    public EngineState state(Connection connection) throws SQLException {
        return history.state(connection, this::latest);
    }

    /** What a run on a database sees first, in two round trips or three on one connection; the files are read meanwhile. */
    public FirstLook look(Database database) throws SQLException {
        return new Glance(database, history, source, this::graph).look();
    }

    @Override
    public Route route(Direction direction, Target target, EngineState state, RevisionGraph graph) {
        latest = graph;
        state.failed().ifPresent(mark -> {
            throw new UnsettledHistoryException(mark, "Recover first: that finds out from the schema how far it came.");
        });
        HistoryCheck.check(graph, state, direction, history);
        if (direction == Direction.DOWN) {
            return graph.down(
                    target,
                    history.undoable(graph, WaysBack.withHalf(graph, state).applied()));
        }
        state.partial().filter(partial -> partial.direction() == Direction.DOWN).ifPresent(partial -> {
            throw new HalfDoneException(
                    partial.revision(),
                    partial.statementsDone() + " statements of its downgrade ran",
                    "Take it back to the end first: belay downgrade " + below(graph, partial) + ".");
        });
        Route route = graph.up(target, state.applied());
        if (history.isPartOfSchema()) {
            ScriptCheck.check(new Steps(graph, history, home, note -> {}).up(route));
        }
        return route;
    }

    private static String below(RevisionGraph graph, Partial partial) {
        return graph.get(partial.revision())
                .flatMap(revision -> revision.parents().stream().findFirst())
                .orElse("base");
    }

    @Override
    public List<Route> wayBack(EngineState now, EngineState before) {
        return new WaysBack(latest()).find(now, before);
    }

    @Override
    public boolean isTransactional(Route route, EngineState state) {
        RevisionGraph graph = latest();
        if (route.direction() == Direction.UP) {
            return state.partial()
                            .filter(p -> route.steps().contains(p.revision()))
                            .isEmpty()
                    && route.steps().stream()
                            .allMatch(id -> graph.find(id).upgrade().transactional());
        }
        try (Connection connection = home.connect()) {
            return new Steps(graph, history, home, note -> {}).transactional(route, state, connection);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<String> irreversible(Route route) {
        RevisionGraph graph = latest();
        List<String> reasons = new ArrayList<>();
        for (String id : route.steps()) {
            if (route.direction() == Direction.DOWN) {
                if (graph.get(id).isEmpty()) {
                    reasons.add(id + ": its file is gone, so it can't be applied again");
                }
            } else if (graph.get(id).map(Revision::downgrade).orElse(null)
                    instanceof Change.Irreversible irreversible) {
                reasons.add(id + ": " + irreversible.reason());
            }
        }
        return reasons;
    }

    @Override
    public void prepare(Database database) throws SQLException {
        if (!history.isPartOfSchema()) {
            return;
        }
        try (Connection connection = database.connect()) {
            if (history.exists(connection)) {
                return;
            }
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String sql : history.create()) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        }
    }

    @Override
    public Set<String> historyTables(Database database) throws SQLException {
        if (!history.isPartOfSchema()) {
            return Set.of();
        }
        try (Connection connection = database.connect()) {
            return history.tables(connection);
        }
    }

    @Override
    public List<RevisionResult> run(Route route, EngineContext context) {
        context.cancellation().check();
        if (route.isEmpty()) {
            return List.of();
        }
        try (ServerSession session = new ServerSession(context, history, latest())) {
            List<Step> steps = new Steps(latest(), history, context.database(), context::note)
                    .of(Meanwhile.left(route, session, context), session.driver());
            steps.forEach(Step::check);
            return run(steps, context, session);
        } catch (SQLException e) {
            context.cancellation().check();
            throw new RevisionFailedException(
                    route.steps().get(0),
                    "The revisions could not be run on " + context.database().location() + ": "
                            + SafeError.describe(e, "") + ". Nothing was changed.",
                    SafeError.sanitized(e, ""));
        }
    }

    private List<RevisionResult> run(List<Step> steps, EngineContext context, ServerSession session) {
        List<RevisionResult> results = new ArrayList<>();
        boolean whole = steps.stream().allMatch(Step::transactional);
        int next = 0;
        while (next < steps.size()) {
            int end = next;
            while (end < steps.size() && steps.get(end).transactional()) {
                end++;
            }
            if (end > next) {
                results.addAll(new TransactionRun(context, session, losers).run(steps.subList(next, end), whole));
                next = end;
            } else {
                results.add(new StepwiseRun(context, session, steps.get(next), losers).run());
                next++;
            }
        }
        return results;
    }

    @Override
    public void script(Route route, EngineState state, Appendable out) throws IOException {
        try {
            List<Step> steps;
            Steps make = new Steps(latest(), history, home, note -> {});
            if (route.direction() == Direction.UP) {
                steps = make.up(route);
            } else {
                try (Connection connection = home.connect()) {
                    steps = make.of(route, connection);
                }
            }
            steps.forEach(Step::check);
            new ScriptWriter(out, history, latest()).write(steps);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void stamp(Target target, EngineContext context) throws SQLException {
        try (Connection connection = context.database().connect()) {
            new Stamp(graph(), history).write(target, connection, context);
        }
    }

    @Override
    public Optional<Set<String>> traces(String revision) {
        return ScriptTraces.of(latest().find(revision));
    }

    @Override
    public boolean isToolLocked(Database database) throws SQLException {
        return ToolLock.isHeld(database, history);
    }

    @Override
    public Held holdTool(FailureMark mark, EngineContext context) throws SQLException {
        return ToolLock.hold(mark, history, context);
    }

    @Override
    public void settle(FailureMark mark, List<String> applied, EngineContext context) throws SQLException {
        try (Connection connection = context.database().connect()) {
            new Stamp(latest(), history).settle(mark, applied, connection, context);
        }
    }

    @Override
    public List<String> verify(Connection connection, RunContext run) throws SQLException {
        Map<String, Script> scripts = source.verifications();
        return scripts.isEmpty()
                ? List.of()
                : new VerifyScripts(scripts)
                        .failures(connection, state(connection).ids(), run);
    }

    @Override
    public void dropKept(Database database, Instant before) throws SQLException {
        try (Connection connection = database.connect()) {
            Retention.drop(connection, before);
        }
    }

    private BelayException unreadable(SQLException e) {
        return new HistoryUnreadableException(home.location(), e);
    }
}
