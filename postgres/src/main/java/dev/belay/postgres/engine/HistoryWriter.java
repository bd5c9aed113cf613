package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.HistoryTable.Entry;
import dev.belay.postgres.revision.Place;
import dev.belay.revision.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the history of one transaction, many revisions by one statement: they are committed together anyway, and a
 * statement and a round trip for each would cost as much as a small revision itself. How long each took is told by the
 * server's clock, because its statements may be under way together with those of others.
 */
final class HistoryWriter {
    /** So many small revisions go together; what they left to say is then written down. */
    private static final int MOST_STEPS = 100;

    private final EngineContext context;
    private final ServerSession session;
    private final List<Ran> waiting = new ArrayList<>();
    private final List<RevisionResult> written = new ArrayList<>();
    private double begun;

    private record Ran(Step step, int statements, Clock end) {}

    /** The server's time in seconds, once the answer is there. */
    private static final class Clock {
        private double seconds;

        void set(String answer) {
            seconds = Double.parseDouble(answer);
        }
    }

    HistoryWriter(EngineContext context, ServerSession session) {
        this.context = context;
        this.session = session;
    }

    /** Before the first revision: queues its settings. */
    void begin(Step first) throws FailedStatement {
        session.sender().queue(session.settings(first.id(), true), answer -> begun = Double.parseDouble(answer));
    }

    /** After a revision, whose last statements may still be under way: queues the settings of what comes next. */
    void ran(Step step, int statements) throws FailedStatement {
        Clock end = new Clock();
        session.sender().queue(session.settings(step.id(), true), end::set);
        waiting.add(new Ran(step, statements, end));
        if (waiting.size() >= MOST_STEPS) {
            write();
        }
    }

    /** Waits for what is under way, queues its history and returns all that was run so far. */
    List<RevisionResult> write() throws FailedStatement {
        session.sender().flush();
        List<Entry> entries = new ArrayList<>();
        List<String> forgotten = new ArrayList<>();
        for (Ran ran : waiting) {
            RevisionResult result = result(ran);
            written.add(result);
            if (ran.step().direction() == Direction.DOWN) {
                forgotten.add(ran.step().id());
            } else {
                entries.add(new Entry(
                        Records.of(ran.step(), context::note), context.runId(), result.duration(), ran.statements()));
            }
        }
        if (!waiting.isEmpty()) {
            Step last = waiting.get(waiting.size() - 1).step();
            session.markOwn(last.id());
            for (String sql : session.history().record(entries, session.graph())) {
                queue(last, sql);
            }
            for (String sql : session.history().forget(forgotten, session.graph())) {
                queue(last, sql);
            }
        }
        waiting.clear();
        return List.copyOf(written);
    }

    private RevisionResult result(Ran ran) {
        double seconds = Math.max(0, ran.end().seconds - begun);
        begun = ran.end().seconds;
        return new RevisionResult(
                ran.step().id(), ran.step().direction(), Duration.ofNanos(Math.round(seconds * 1e9)), ran.statements());
    }

    private void queue(Step step, String sql) throws FailedStatement {
        session.sender().queue(Place.own(step.id(), "writing the history", sql));
    }
}
