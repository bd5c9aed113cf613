package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.engine.RevisionFailedException;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.SafeError;
import java.sql.SQLException;

/** Turns what failed into what is reported: without values, with the state of the database and the way out. */
final class Failures {
    private Failures() {}

    static RevisionFailedException of(FailedStatement failed, String state, LockRetry locks, EngineContext context) {
        awaitCancellation(failed, context);
        SQLException error = failed.error();
        String sql = failed.place().sql();
        String revision = failed.place().revision();
        String tries =
                LockRetry.inTheWay(failed) ? " It was tried " + Retries.TRIES + " times." + locks.inTheWay() : "";
        return new RevisionFailedException(
                revision,
                "Revision " + revision + " failed at " + failed.place() + ": " + SafeError.describe(error, sql) + "."
                        + tries + " " + state,
                SafeError.sanitized(error, sql));
    }

    /** A statement that ended because the run did is no failure of its own. */
    private static void awaitCancellation(FailedStatement failed, EngineContext context) {
        context.cancellation().check();
        boolean late =
                context.cancellation().remaining().filter(left -> left.isZero()).isPresent();
        if (late && failed.state().equals("57014")) {
            for (int i = 0; i < 20; i++) {
                context.cancellation().check();
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        }
    }

    /** Java code failed; its message is its author's and may hold anything, so only its kind and place are told. */
    static FailedStatement ofCode(Step step, Exception e) {
        StackTraceElement[] trace = e.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        SQLException error = e instanceof SQLException sql
                ? sql
                : new SQLException(e.getClass().getName() + where, "");
        if (!(e instanceof SQLException)) {
            error.setStackTrace(trace);
        }
        return new FailedStatement(
                new dev.belay.postgres.revision.Place(
                        step.id(), () -> "its Java code (" + e.getClass().getName() + where + ")", ""),
                error);
    }
}
