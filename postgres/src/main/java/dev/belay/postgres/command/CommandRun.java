package dev.belay.postgres.command;

import dev.belay.context.RunCancelledException;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.engine.ToolEngine;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ToolSession;
import dev.belay.revision.Direction;
import dev.belay.revision.Route;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One route through one database. */
final class CommandRun {
    private static final String REVISION = "{revision}";
    private static final String TO = "{to}";
    private static final String COUNT = "{count}";

    private final ToolCommands tool;
    private final ToolEngine engine;
    private final int all;
    private final PostgresEndpoint database;
    private final EngineContext context;
    private final ToolSession session;

    CommandRun(ToolCommands tool, ToolEngine engine, int all, PostgresEndpoint database, EngineContext context) {
        this.tool = tool;
        this.engine = engine;
        this.all = all;
        this.database = database;
        this.context = context;
        this.session = ToolSession.of(database, "belay " + tool.name() + " " + context.runId())
                .limits(context.lockTimeout(), context.statementTimeout());
    }

    List<RevisionResult> run(Route route, EngineState before) throws SQLException {
        boolean up = route.direction() == Direction.UP;
        List<String> template = up ? tool.upgrade() : tool.downgrade();
        List<String> applied = new ArrayList<>(before.ids());
        List<RevisionResult> results = new ArrayList<>();
        for (List<String> steps : legs(template, route, applied)) {
            context.cancellation().check();
            context.checkLock();
            if (up) {
                applied.addAll(steps);
            } else {
                applied.removeAll(steps);
            }
            String last = steps.get(steps.size() - 1);
            String to = applied.isEmpty() ? tool.base() : applied.get(applied.size() - 1);
            List<String> command = template.stream()
                    .map(word ->
                            word.replace(REVISION, last).replace(TO, to).replace(COUNT, String.valueOf(steps.size())))
                    .toList();
            long begun = System.nanoTime();
            leg(command, steps, route.direction());
            requireArrived(steps, applied);
            Duration took = Duration.ofNanos(System.nanoTime() - begun).dividedBy(steps.size());
            steps.forEach(step -> results.add(new RevisionResult(step, route.direction(), took, 1)));
        }
        return results;
    }

    /** What each run of the command does. */
    private List<List<String>> legs(List<String> template, Route route, List<String> applied) {
        boolean up = route.direction() == Direction.UP;
        if (template.isEmpty()) {
            throw failed(route.steps().get(0), "there is no command that takes revisions back. Restore a backup");
        }
        if (holds(template, REVISION)) {
            return route.steps().stream().map(List::of).toList();
        }
        if (holds(template, TO) || holds(template, COUNT)) {
            return List.of(route.steps());
        }
        if (!up) {
            return route.steps().stream().map(List::of).toList();
        }
        if (applied.size() + route.steps().size() < all) {
            throw failed(
                    route.steps().get(route.steps().size() - 1),
                    "its command for up applies all that is pending, and this target is not the last. Let the command name"
                            + " it: " + REVISION + ", " + TO + " or " + COUNT);
        }
        return List.of(route.steps());
    }

    private static boolean holds(List<String> template, String placeholder) {
        return template.stream().anyMatch(word -> word.contains(placeholder));
    }

    private CommandFailedException failed(String revision, String problem) {
        return new CommandFailedException(
                revision, tool.name() + " was not started: " + problem + ". Nothing was changed.", null);
    }

    private void leg(List<String> command, List<String> steps, Direction direction) throws SQLException {
        try {
            tool.run(command, Optional.of(session), InputStream::readAllBytes, context.cancellation());
        } catch (RunCancelledException e) {
            session.end();
            throw e;
        } catch (ClientProcessException e) {
            session.end();
            Set<String> now = new HashSet<>(engine.state(database).ids());
            String at = steps.stream()
                    .filter(step -> now.contains(step) != (direction == Direction.UP))
                    .findFirst()
                    .orElse(steps.get(0));
            throw new CommandFailedException(
                    at,
                    (direction == Direction.UP ? "Revision " : "The downgrade of revision ") + at + " failed: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The tool's word alone doesn't count. */
    private void requireArrived(List<String> steps, List<String> wanted) throws SQLException {
        List<String> now = engine.state(database).ids();
        if (!Set.copyOf(now).equals(Set.copyOf(wanted))) {
            throw new CommandFailedException(
                    steps.get(0),
                    tool.name() + " ended without an error, but in " + database.location() + " "
                            + (now.isEmpty() ? "nothing" : now.get(now.size() - 1))
                            + " is the last that is applied, and not "
                            + (wanted.isEmpty() ? "nothing" : wanted.get(wanted.size() - 1)) + ", by its table "
                            + tool.table() + ".",
                    null);
        }
    }
}
