package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.engine.RevisionFailedException;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.engine.Step.Work;
import dev.belay.postgres.lossless.KnownLosers;
import dev.belay.postgres.lossless.Losses;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.Place;
import dev.belay.postgres.revision.SafeError;
import dev.belay.postgres.revision.ScriptRunner;
import dev.belay.revision.Direction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.core.TransactionState;

/** Runs steps that go together into one transaction with their history rows. */
final class TransactionRun {
    private final EngineContext context;
    private final ServerSession session;
    private final LockRetry locks;
    private final KnownLosers losers;

    TransactionRun(EngineContext context, ServerSession session, KnownLosers losers) {
        this.context = context;
        this.session = session;
        this.losers = losers;
        this.locks = new LockRetry(context, session.watch());
    }

    /** Runs and commits; with {@code whole} nothing else belongs to the route, and the caller may still say no. */
    List<RevisionResult> run(List<Step> steps, boolean whole) {
        try {
            return locks.call(() -> attempt(steps, whole));
        } catch (FailedStatement failed) {
            String state = "The transaction was rolled back: of "
                    + (steps.size() == 1 ? "this revision" : "these " + steps.size() + " revisions")
                    + " nothing is in the database. Correct it and run the same command again.";
            throw Failures.of(failed, state, locks, context);
        }
    }

    private List<RevisionResult> attempt(List<Step> steps, boolean whole) throws FailedStatement {
        session.autocommit(false);
        boolean done = false;
        try {
            Losses losses = new Losses(session.driver(), session.sender(), context, losers);
            HistoryWriter history = new HistoryWriter(context, session);
            session.ensureTables(steps.get(0).id());
            history.begin(steps.get(0));
            for (Step step : steps) {
                context.cancellation().check();
                history.ran(
                        step,
                        losses.concerns(step.id())
                                ? losses.around(step.id(), step.direction(), () -> toItsEnd(step))
                                : statements(step));
            }
            List<RevisionResult> results = history.write();
            Step last = steps.get(steps.size() - 1);
            session.proveToken(last.id());
            session.sender().flush();
            if (whole) {
                beforeCommit(last);
            }
            commit(last);
            done = true;
            losses.tell();
            return results;
        } finally {
            if (!done) {
                session.rollback();
            }
        }
    }

    /** Runs it to its end, with the settings of the session as they were before it. */
    private int toItsEnd(Step step) throws FailedStatement {
        int statements = statements(step);
        session.sender().queue(session.settings(step.id(), true));
        session.sender().flush();
        return statements;
    }

    /** Runs it, or lets it wait in the sender, and returns how many statements it has. */
    private int statements(Step step) throws FailedStatement {
        if (step.work() instanceof Work.Scripted scripted) {
            return new ScriptRunner(session.sender(), context.cancellation()::check).run(step.id(), scripted.script());
        }
        if (step.work() instanceof Work.Coded coded) {
            session.sender().flush();
            code(step, coded);
        }
        return 1;
    }

    private void code(Step step, Work.Coded coded) throws FailedStatement {
        Connection lent = GuardedConnection.inTransaction(session.driver());
        Place place = Place.own(step.id(), "its Java code", "");
        session.watch().begin(place);
        try {
            coded.code().run(lent);
        } catch (Exception e) {
            throw Failures.ofCode(step, e);
        } finally {
            session.watch().end();
        }
        if (session.driver().getTransactionState() != TransactionState.OPEN) {
            throw new RevisionFailedException(
                    step.id(),
                    "The Java code of revision " + step.id()
                            + " ended its transaction by a statement or hid a failure in it;"
                            + " what it did before a commit of its own is in the database. Remove the COMMIT or ROLLBACK.",
                    null);
        }
    }

    private void beforeCommit(Step last) throws FailedStatement {
        try {
            context.beforeCommit(GuardedConnection.inTransaction(session.driver()));
        } catch (SQLException e) {
            throw new FailedStatement(Place.own(last.id(), "the checks before the commit", ""), e);
        }
    }

    /** A commit whose answer was lost may have taken place: the history knows. */
    private void commit(Step last) throws FailedStatement {
        try {
            session.commit(last.id());
        } catch (FailedStatement failed) {
            String state = failed.state();
            if (!state.startsWith("08") && !state.startsWith("57P")) {
                throw failed;
            }
            if (!isCommitted(last, failed.error())) {
                throw failed;
            }
            context.note("The connection was lost during the commit; the history shows that it took place.");
        }
    }

    private boolean isCommitted(Step last, SQLException lost) {
        try (Connection connection = context.database().connect()) {
            boolean recorded = session.history().isRecorded(connection, session.graph(), last.id(), context.runId());
            boolean any =
                    session.history().state(connection, session::graph).ids().contains(last.id());
            return last.direction() == Direction.UP ? recorded : !any;
        } catch (SQLException | RuntimeException e) {
            throw new RevisionFailedException(
                    last.id(),
                    "The connection was lost during the commit of revision " + last.id() + ", and the server can't be"
                            + " reached: whether it took place is not known. When the server is back, `current` tells it.",
                    SafeError.sanitized(lost, ""));
        }
    }
}
