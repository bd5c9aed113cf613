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
import java.util.stream.Collectors;
import liquibase.Liquibase;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;

/** One route through one database. */
final class LiquibaseRun {
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

    /** What is left of the route; may be called again after a failure. */
    List<RevisionResult> on(Connection connection, Route route) {
        Set<String> done = results.stream().map(RevisionResult::revision).collect(Collectors.toSet());
        List<String> left =
                route.steps().stream().filter(id -> !done.contains(id)).toList();
        current = left.get(0);
        try {
            return LiquibaseScope.call(changelog, () -> {
                go(connection, route.direction(), left.size());
                return results;
            });
        } catch (LiquibaseFailedException e) {
            context.cancellation().check();
            throw new LiquibaseFailedException(current, e);
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
