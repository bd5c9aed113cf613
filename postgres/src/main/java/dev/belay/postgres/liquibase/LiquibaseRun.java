package dev.belay.postgres.liquibase;

import dev.belay.engine.EngineContext;
import dev.belay.engine.RevisionResult;
import dev.belay.revision.Direction;
import dev.belay.revision.Route;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import liquibase.Liquibase;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;

/** One route through one database. */
final class LiquibaseRun {
    /** As Belay's own engine does. */
    private static final int TRIES = 5;

    /** lock_not_available and deadlock_detected (PostgreSQL docs, appendix A). */
    private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01");

    private final Changelog changelog;
    private final LiquibaseEngine engine;
    private final EngineContext context;
    private final List<RevisionResult> results = new ArrayList<>();
    private String current = "";

    LiquibaseRun(Changelog changelog, LiquibaseEngine engine, EngineContext context) {
        this.changelog = changelog;
        this.engine = engine;
        this.context = context;
    }

    List<RevisionResult> run(Route route) throws SQLException {
        current = route.steps().get(0);
        for (int attempt = 1; ; attempt++) {
            int left = route.steps().size() - results.size();
            try (Connection connection = context.database().connect(context.cancellation())) {
                LiquibaseEngine.limit(connection, context);
                LiquibaseScope.call(changelog, () -> {
                    go(connection, route.direction(), left);
                    return results;
                });
                return results;
            } catch (LiquibaseFailedException e) {
                context.cancellation().check();
                boolean again = attempt < TRIES
                        && e.getCause() instanceof SQLException sql
                        && IN_THE_WAY.contains(String.valueOf(sql.getSQLState()));
                if (!again) {
                    throw new LiquibaseFailedException(current, e);
                }
                context.note("Liquibase did not get a lock within "
                        + context.lockTimeout().toMillis()
                        + " ms at changeset " + current + ". It was rolled back and is tried again up to " + TRIES
                        + " times.");
            }
        }
    }

    private void go(Connection connection, Direction direction, int count) throws LiquibaseException, SQLException {
        Database its = LiquibaseEngine.its(connection);
        Liquibase liquibase = engine.liquibase(its);
        liquibase.setChangeExecListener(new Watch(direction));
        if (direction == Direction.UP) {
            liquibase.update(count, changelog.asContexts(), changelog.asLabels());
        } else {
            liquibase.rollback(count, null, changelog.asContexts(), changelog.asLabels());
        }
        connection.commit();
    }

    /** Called by Liquibase in the thread that runs it. */
    private final class Watch extends AbstractChangeExecListener {
        private final Direction direction;
        private long begun;

        Watch(Direction direction) {
            this.direction = direction;
        }

        private void begins(ChangeSet set) {
            context.cancellation().check();
            context.checkLock();
            current = Changelog.id(set);
            begun = System.nanoTime();
        }

        private void ended(ChangeSet set) {
            results.add(new RevisionResult(
                    Changelog.id(set),
                    direction,
                    Duration.ofNanos(System.nanoTime() - begun),
                    set.getChanges().size()));
        }

        @Override
        public void willRun(ChangeSet set, DatabaseChangeLog log, Database its, ChangeSet.RunStatus status) {
            begins(set);
        }

        @Override
        public void ran(ChangeSet set, DatabaseChangeLog log, Database its, ChangeSet.ExecType type) {
            ended(set);
        }

        @Override
        public void willRollback(ChangeSet set, DatabaseChangeLog log, Database its) {
            begins(set);
        }

        @Override
        public void rolledBack(ChangeSet set, DatabaseChangeLog log, Database its) {
            ended(set);
        }
    }
}
