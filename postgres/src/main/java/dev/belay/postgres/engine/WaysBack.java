package dev.belay.postgres.engine;

import dev.belay.engine.EngineState;
import dev.belay.engine.EngineState.Partial;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Change;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ways from one state back to another. */
final class WaysBack {
    private final RevisionGraph graph;

    WaysBack(RevisionGraph graph) {
        this.graph = graph;
    }

    List<Route> find(EngineState now, EngineState before) {
        if (now.sameAs(before)) {
            return List.of();
        }
        if (before.partial().isPresent() && !before.partial().equals(now.partial())) {
            throw new HalfDoneException(
                    before.partial().get().revision(),
                    "it was so before, and has gone on since; there is no way back to a half",
                    "Go on to the target, or take it back: belay downgrade.");
        }
        Set<String> down = new LinkedHashSet<>();
        Optional<String> half = now.partial().equals(before.partial())
                ? Optional.empty()
                : now.partial().map(Partial::revision);
        half.ifPresent(down::add);
        EngineState all = withHalf(graph, now);
        for (String id : graph.down(Target.base(), all.applied()).steps()) {
            if (!before.ids().contains(id)
                    && !before.partial().map(Partial::revision).equals(Optional.of(id))) {
                down.add(id);
            }
        }
        Set<String> after = new LinkedHashSet<>(now.ids());
        after.removeAll(down);
        List<String> up = missing(before, after);
        down.forEach(this::refuseIrreversible);
        List<Route> routes = new ArrayList<>();
        if (!down.isEmpty()) {
            routes.add(new Route(Direction.DOWN, List.copyOf(down), heads(now.ids()), heads(after)));
        }
        if (!up.isEmpty()) {
            routes.add(new Route(Direction.UP, up, heads(after), heads(before.ids())));
        }
        return routes;
    }

    private List<String> missing(EngineState before, Set<String> after) {
        List<String> up = graph.inOrder().stream()
                .map(Revision::id)
                .filter(id -> before.ids().contains(id) && !after.contains(id))
                .toList();
        for (String id : before.ids()) {
            if (!after.contains(id) && !up.contains(id)) {
                throw new NoWayBackException(
                        id,
                        "it has to be applied again, and its file is gone",
                        "Deploy a build that has it, or restore a backup.");
            }
        }
        return up;
    }

    private void refuseIrreversible(String id) {
        graph.get(id).ifPresent(revision -> {
            if (revision.downgrade() instanceof Change.Irreversible irreversible) {
                throw new NoWayBackException(id, irreversible.reason(), "Restore a backup.");
            }
        });
    }

    private Set<String> heads(Iterable<String> ids) {
        Set<String> heads = new LinkedHashSet<>();
        ids.forEach(heads::add);
        for (String id : List.copyOf(heads)) {
            graph.get(id).ifPresent(revision -> revision.parents().forEach(heads::remove));
        }
        return heads;
    }

    /** The state as if the half done revision were applied: what is taken back first. */
    static EngineState withHalf(RevisionGraph graph, EngineState state) {
        Optional<String> half =
                state.partial().map(Partial::revision).filter(id -> !state.ids().contains(id));
        if (half.isEmpty()) {
            return state;
        }
        List<AppliedRevision> applied = new ArrayList<>(state.applied());
        applied.add(new AppliedRevision(
                half.get(),
                graph.get(half.get()).map(Revision::parents).orElse(List.of()),
                "",
                "",
                Instant.EPOCH,
                false));
        return new EngineState(applied, state.partial());
    }
}
