package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.engine.RevisionFailedException;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.engine.Step.Work;
import dev.belay.postgres.lossless.KnownLosers;
import dev.belay.postgres.lossless.Losses;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.HistorySql;
import dev.belay.postgres.revision.HistoryTable.Entry;
import dev.belay.postgres.revision.Place;
import dev.belay.postgres.revision.RevisionHistory;
import dev.belay.postgres.revision.RevisionHistory.Progress;
import dev.belay.postgres.revision.RevisionScript;
import dev.belay.postgres.revision.ScriptRunner;
import dev.belay.postgres.sql.SqlStatement;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.revision.Direction;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a non-transactional step, statement by statement. A statement that can run in a transaction runs in one of its own
 * together with its progress row, so that it is never done twice; only the others can be in doubt after a crash.
 */
final class StepwiseRun {
    /** What isn't there: the upgrade never got so far (PostgreSQL docs, appendix A, class 42 and 3F000). */
    private static final Set<String> NOT_THERE = Set.of("42P01", "42703", "42704", "42883", "3F000");

    /** What is there already: the statement in doubt was done. */
    private static final Set<String> THERE = Set.of("42P07", "42710", "42701", "42P06", "42723", "42P04");

    /** active_sql_transaction and invalid_transaction_termination: the statement wants no transaction around it. */
    private static final Set<String> WANTS_NONE = Set.of("25001", "2D000");

    private static final int BUILDS = 3;

    private final EngineContext context;
    private final ServerSession session;
    private final LockRetry locks;
    private final Step step;
    private final Losses losses;
    private int done;

    StepwiseRun(EngineContext context, ServerSession session, Step step, KnownLosers losers) {
        this.context = context;
        this.session = session;
        this.step = step;
        this.losses = new Losses(session.driver(), session.sender(), context, losers);
        this.locks = new LockRetry(context, session.watch());
    }

    RevisionResult run() {
        long start = System.nanoTime();
        try {
            int statements = 1;
            if (step.work() instanceof Work.Scripted scripted) {
                statements = script(scripted.script());
            } else if (step.work() instanceof Work.Coded coded) {
                begin("");
                code(coded);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            end(took, statements);
            return new RevisionResult(step.id(), step.direction(), took, statements);
        } catch (FailedStatement failed) {
            String state = "It runs outside a transaction: " + done() + "."
                    + " Correct the cause and run the same command again to go on there, or take it back by a downgrade.";
            throw Failures.of(failed, state, locks, context);
        } finally {
            session.rollback();
        }
    }

    private String done() {
        return switch (done) {
            case 0 -> "none of its statements is done";
            case 1 -> "its first statement is done and stays so";
            default -> "its first " + done + " statements are done and stay so";
        };
    }

    private int script(RevisionScript script) throws FailedStatement {
        String checksum = script.checksum();
        Optional<Progress> before = begin(checksum);
        done = before.map(Progress::done).orElse(0);
        int inDoubt = before.map(Progress::running).orElse(0);
        if (done > 0 || inDoubt > 0) {
            context.note("Revision " + step.id() + " goes on behind its statement " + done + ".");
        }
        int count = 0;
        try (StatementReader statements = script.statements()) {
            while (statements.hasNext()) {
                SqlStatement statement = statements.next();
                if (++count > done) {
                    context.cancellation().check();
                    perform(statement, checksum, count == inDoubt);
                    done = count;
                } else {
                    skip(statement);
                }
            }
        }
        return count;
    }

    private static void skip(SqlStatement statement) throws FailedStatement {
        if (statement.copyData().isPresent()) {
            try {
                statement.copyData().get().close();
            } catch (IOException e) {
                throw new FailedStatement(
                        Place.of("", statement), new SQLException("the script can't be read", "58030"));
            }
        }
    }

    /** Reads how far it came, and refuses to go on with another script. */
    private Optional<Progress> begin(String checksum) throws FailedStatement {
        session.autocommit(false);
        session.sender().queue(session.settings(step.id(), true));
        session.ensureTables(step.id());
        session.ensureProgress(step.id());
        session.sender().flush();
        Optional<Progress> before;
        try {
            before = RevisionHistory.progress(session.driver(), step.id())
                    .filter(progress -> progress.direction() == step.direction());
        } catch (SQLException e) {
            throw new FailedStatement(Place.own(step.id(), "reading its progress", ""), e);
        }
        if (before.isPresent() && !before.get().checksum().equals(checksum)) {
            throw new HalfDoneException(
                    step.id(),
                    before.get().done() + " statements of it ran, and then its script was changed",
                    "Restore the script as it was and run the same command again.");
        }
        if (before.isEmpty()) {
            losses.beginParts(step.id(), step.direction());
            progress(0, 0, checksum);
        }
        session.commit(step.id());
        return before;
    }

    private void progress(int count, int running, String checksum) throws FailedStatement {
        session.sender()
                .queue(Place.own(
                        step.id(),
                        "writing its progress",
                        HistorySql.progress(
                                step.id(), step.direction().name(), count, running, checksum, context.runId())));
    }

    private void perform(SqlStatement statement, String checksum, boolean inDoubt) throws FailedStatement {
        try {
            if (!wantsNoTransaction(statement)) {
                try {
                    if (statement.copyData().isPresent()) {
                        inItsOwnTransaction(statement, checksum); // its data is read only once: no second try
                    } else {
                        locks.call(() -> inItsOwnTransaction(statement, checksum));
                    }
                    return;
                } catch (FailedStatement failed) {
                    session.rollback();
                    if (!WANTS_NONE.contains(failed.state())
                            || statement.copyData().isPresent()) {
                        throw failed;
                    }
                }
            }
            outside(statement, checksum, inDoubt);
        } catch (FailedStatement failed) {
            boolean never = step.unfinished() && NOT_THERE.contains(failed.state());
            boolean already = inDoubt && (isDrop(statement) ? NOT_THERE : THERE).contains(failed.state());
            if (!never && !already) {
                throw failed;
            }
            context.note("Skipped " + failed.place() + " of revision " + step.id()
                    + (never ? ": what it takes back was never made." : ": it was done before the last run ended."));
            session.rollback();
            session.autocommit(false);
            progress(statement.index(), 0, checksum);
            session.commit(step.id());
        }
    }

    private static boolean isDrop(SqlStatement statement) {
        return statement.text().regionMatches(true, 0, "drop", 0, 4);
    }

    private static boolean wantsNoTransaction(SqlStatement statement) {
        String begin = statement
                .text()
                .substring(0, Math.min(5, statement.text().length()))
                .toLowerCase(Locale.ROOT);
        return statement.cannotRunInTransaction() || begin.startsWith("call") || begin.startsWith("do");
    }

    private boolean inItsOwnTransaction(SqlStatement statement, String checksum) throws FailedStatement {
        session.rollback();
        session.autocommit(false);
        session.sender().queue(session.settings(step.id(), true));
        losses.aroundPart(step.id(), step.direction(), () -> {
            new ScriptRunner(session.sender(), context.cancellation()::check).run(step.id(), statement);
            session.sender().queue(session.settings(step.id(), true));
            session.sender().flush();
            return 1;
        });
        progress(statement.index(), 0, checksum);
        session.commit(step.id());
        losses.tell();
        return true;
    }

    private void outside(SqlStatement statement, String checksum, boolean inDoubt) throws FailedStatement {
        session.autocommit(false);
        session.sender().queue(session.settings(step.id(), true));
        progress(statement.index() - 1, statement.index(), checksum);
        session.commit(step.id());
        session.autocommit(true);
        boolean finished = false;
        for (int build = 1; !finished; build++) {
            finished = locks.call(() -> execute(statement, inDoubt));
            if (!finished && build == BUILDS) {
                throw new RevisionFailedException(
                        step.id(),
                        "Revision " + step.id() + " failed at " + statement.describe()
                                + ": the index was invalid after " + BUILDS
                                + " builds and is dropped. Look for what ends the builds, and run the command again.",
                        null);
            }
        }
        session.autocommit(false);
        progress(statement.index(), 0, checksum);
        session.commit(step.id());
    }

    private boolean execute(SqlStatement statement, boolean inDoubt) throws FailedStatement {
        session.settingsOutside(step.id());
        Place place = Place.of(step.id(), statement);
        if (!IndexBuild.isOne(statement)) {
            send(place);
            return true;
        }
        IndexBuild build = new IndexBuild(session, context, step.id(), statement);
        if (build.prepare() && inDoubt) {
            return true;
        }
        try {
            send(place);
        } catch (FailedStatement failed) {
            if (!LockRetry.inTheWay(failed) && context.cancellation().reason().isEmpty()) {
                build.settle();
            }
            throw failed;
        }
        return build.settle();
    }

    private void send(Place place) throws FailedStatement {
        try {
            session.sender().run(place);
        } catch (FailedStatement failed) {
            throw session.watch().explained(failed);
        }
    }

    private void code(Work.Coded coded) throws FailedStatement {
        session.autocommit(true);
        session.settingsOutside(step.id());
        session.watch().begin(Place.own(step.id(), "its Java code", ""));
        try {
            coded.code().run(GuardedConnection.outside(session.driver()));
        } catch (Exception e) {
            throw Failures.ofCode(step, e);
        } finally {
            session.watch().end();
            session.rollback();
        }
    }

    private void end(Duration took, int statements) throws FailedStatement {
        session.autocommit(false);
        session.sender().queue(session.settings(step.id(), true));
        losses.endParts(step.id(), step.direction());
        List<String> record = step.direction() == Direction.UP
                ? session.history()
                        .record(
                                List.of(new Entry(Records.of(step, context::note), context.runId(), took, statements)),
                                session.graph())
                : session.history().forget(List.of(step.id()), session.graph());
        for (String sql : record) {
            session.sender().queue(Place.own(step.id(), "writing the history", sql));
        }
        session.sender().queue(Place.own(step.id(), "writing its progress", HistorySql.endProgress(step.id())));
        session.commit(step.id());
        losses.tell();
    }
}
