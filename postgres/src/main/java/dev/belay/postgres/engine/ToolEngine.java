package dev.belay.postgres.engine;

import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Change;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            Optional<Revision> revision = graph.get(id);
            applied.add(new AppliedRevision(
                    id,
                    revision.map(Revision::parents).orElse(List.of()),
                    revision.map(Revision::description).orElse(""),
                    "",
                    Instant.EPOCH,
                    false));
        }
        return new EngineState(applied, Optional.empty());
    }

    @Override
    public final Route route(Direction direction, Target target, EngineState state) {
        RevisionGraph graph = graph();
        for (AppliedRevision applied : state.applied()) {
            if (graph.get(applied.id()).isEmpty()) {
                throw new RevisionMissingException(
                        applied.id(), "", "base", ", and without it " + describe() + " can't go either way");
            }
        }
        return direction == Direction.UP ? graph.up(target, state.applied()) : graph.down(target, state.applied());
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
