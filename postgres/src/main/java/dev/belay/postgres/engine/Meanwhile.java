package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.revision.Direction;
import dev.belay.revision.Route;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** What another tool did while its lock was waited for. */
final class Meanwhile {
    private Meanwhile() {}

    /** The route without what the tool has applied since it was found. */
    static Route left(Route route, ServerSession session, EngineContext context) throws SQLException {
        if (!session.holdsToolsLock() || route.direction() == Direction.DOWN) {
            return route;
        }
        Set<String> applied = Set.copyOf(
                session.history().state(session.driver(), session::graph).ids());
        List<String> done = route.steps().stream().filter(applied::contains).toList();
        if (done.isEmpty()) {
            return route;
        }
        context.note("Another program applied " + String.join(", ", done)
                + " while this run made ready: what is left is applied.");
        List<String> steps =
                route.steps().stream().filter(id -> !applied.contains(id)).toList();
        return new Route(route.direction(), steps, route.from(), route.to());
    }
}
