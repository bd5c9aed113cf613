package dev.belay.postgres.alembic;

import dev.belay.context.RunContext;
import dev.belay.engine.RevisionResult;
import dev.belay.revision.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which revision is running, by Alembic's log. Thread-safe. */
final class RevisionWatch {
    private static final Pattern RUNNING = Pattern.compile(".*Running (?:upgrade|downgrade) (\\S*) -> ([^ ,]*).*");

    private record Begun(String revision, long nanos) {}

    private final Direction direction;
    private final List<String> steps;
    private final List<Begun> begun = new ArrayList<>();
    private final long start = System.nanoTime();

    RevisionWatch(Direction direction, List<String> steps) {
        this.direction = direction;
        this.steps = List.copyOf(steps);
    }

    synchronized void hear(String line) {
        Matcher running = RUNNING.matcher(line);
        if (running.matches()) {
            String id = running.group(direction == Direction.UP ? 2 : 1);
            if (steps.contains(id)) {
                begun.add(new Begun(id, System.nanoTime()));
            }
        }
    }

    /** The one that was begun last; the first where the log says nothing. */
    synchronized String current() {
        return begun.isEmpty() ? steps.get(0) : begun.get(begun.size() - 1).revision();
    }

    /** All of them, once they have run. */
    synchronized List<RevisionResult> results(RunContext context) {
        long end = System.nanoTime();
        if (begun.size() < steps.size()) {
            return together(end, context);
        }
        List<RevisionResult> results = new ArrayList<>();
        long from = start;
        for (int i = 0; i < begun.size(); i++) {
            long to = i + 1 < begun.size() ? begun.get(i + 1).nanos() : end;
            results.add(new RevisionResult(begun.get(i).revision(), direction, Duration.ofNanos(to - from), 0));
            from = to;
        }
        return results;
    }

    private List<RevisionResult> together(long end, RunContext context) {
        if (steps.size() > 1) {
            context.note(
                    "Alembic's log doesn't tell its revisions apart (the level of its logger \"alembic\" is above INFO):"
                            + " the time of all is shown with the last.");
        }
        List<RevisionResult> results = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            long nanos = i + 1 == steps.size() ? end - start : 0;
            results.add(new RevisionResult(steps.get(i), direction, Duration.ofNanos(nanos), 0));
        }
        return results;
    }
}
