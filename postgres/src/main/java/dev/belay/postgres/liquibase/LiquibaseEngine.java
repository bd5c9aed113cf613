package dev.belay.postgres.liquibase;

import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import dev.belay.engine.EngineState;
import dev.belay.engine.RevisionFailedException;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.engine.ToolEngine;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.changelog.ChangeLogHistoryService;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;

/** Liquibase behind Belay's interface. */
final class LiquibaseEngine extends ToolEngine {
    private final Changelog changelog;
    private final Database home;

    LiquibaseEngine(Changelog changelog, Database home) {
        this.changelog = changelog;
        this.home = home;
    }

    @Override
    public String describe() {
        return "Liquibase (" + changelog.directory().resolve(changelog.file()) + ")";
    }

    @Override
    protected RevisionGraph read() {
        return RevisionGraph.of(changelog.revisions());
    }

    @Override
    protected List<String> applied(Connection connection, RevisionGraph graph) throws SQLException {
        return ChangeLogTable.applied(connection, graph);
    }

    @Override
    protected Set<String> tables(Connection connection) throws SQLException {
        return ChangeLogTable.names(connection);
    }

    /** Both tables, made by Liquibase as at its first run. */
    @Override
    public void prepare(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            if (ChangeLogTable.names(connection).size() == 2) {
                return;
            }
            LiquibaseScope.call(changelog, () -> {
                liquibase.database.Database its = its(connection);
                history(its).init();
                LockServiceFactory.getInstance().getLockService(its).init();
                connection.commit();
                return its;
            });
        }
    }

    /** Liquibase's view of a connection, which from then on isn't in autocommit. */
    static liquibase.database.Database its(Connection connection) throws DatabaseException {
        return DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
    }

    private static ChangeLogHistoryService history(liquibase.database.Database its) {
        return Scope.getCurrentScope()
                .getSingleton(ChangeLogHistoryServiceFactory.class)
                .getChangeLogService(its);
    }

    @Override
    protected List<RevisionResult> runSteps(Route route, EngineContext context) {
        try {
            EngineState before = state(context.database());
            LiquibaseRun run = new LiquibaseRun(changelog, this, context);
            List<RevisionResult> results = retried(context, LiquibaseEngine::isInTheWay, () -> {
                try (Connection connection = connect(context)) {
                    return run.on(connection, route);
                }
            });
            requireArrived(route, before, context);
            return results;
        } catch (SQLException e) {
            context.cancellation().check();
            throw new LiquibaseFailedException(route.steps().get(0), Failure.describe(e), e);
        }
    }

    private static boolean isInTheWay(RevisionFailedException failure) {
        return failure.getCause() instanceof SQLException sql && isInTheWay(sql);
    }

    /** Liquibase's word alone doesn't count: a failed precondition may have left something out. */
    private void requireArrived(Route route, EngineState before, EngineContext context) throws SQLException {
        Set<String> wanted = Set.copyOf(after(route, before).ids());
        Set<String> now = Set.copyOf(state(context.database()).ids());
        if (!now.equals(wanted)) {
            Set<String> missing = new HashSet<>(wanted);
            missing.removeAll(now);
            throw new LiquibaseFailedException(
                    route.steps().get(0),
                    "Liquibase ended without an error, but its table doesn't say what was wanted: "
                            + (missing.isEmpty() ? "more is applied than was asked for" : "not applied is " + missing),
                    new IllegalStateException("not arrived"));
        }
    }

    @Override
    public void script(Route route, EngineState state, Appendable out) throws IOException {
        if (route.isEmpty()) {
            return;
        }
        try (Connection connection = home.connect()) {
            String sql = LiquibaseScope.call(changelog, () -> {
                StringWriter text = new StringWriter();
                Liquibase liquibase = liquibase(its(connection));
                int count = route.steps().size();
                if (route.direction() == Direction.UP) {
                    liquibase.update(count, changelog.asContexts(), changelog.asLabels(), text);
                } else {
                    liquibase.rollback(count, null, changelog.asContexts(), changelog.asLabels(), text);
                }
                connection.rollback();
                return text.toString();
            });
            out.append(sql);
        } catch (SQLException e) {
            throw new LiquibaseFailedException(route.steps().get(0), Failure.describe(e), e);
        }
    }

    /** Liquibase for a database; called inside a scope. */
    Liquibase liquibase(liquibase.database.Database its) {
        Liquibase liquibase = new Liquibase(changelog.file(), LiquibaseScope.files(changelog.directory()), its);
        liquibase.setShowSummary(UpdateSummaryEnum.OFF); // it would go to standard output
        changelog.parameters().forEach(liquibase::setChangeLogParameter);
        return liquibase;
    }

    @Override
    public void stamp(Target target, EngineContext context) throws SQLException {
        graph();
        prepare(context.database());
        try (Connection connection = context.database().connect(context.cancellation())) {
            EngineState state = state(connection);
            Set<String> wanted = Set.copyOf(stamped(target, state).ids());
            LiquibaseScope.call(changelog, () -> {
                write(connection, state, wanted);
                context.checkLock();
                connection.commit();
                return wanted;
            });
        }
    }

    private void write(Connection connection, EngineState state, Set<String> wanted) throws Exception {
        liquibase.database.Database its = its(connection);
        LockService lock = LockServiceFactory.getInstance().getLockService(its);
        lock.waitForLock();
        try {
            ChangeLogHistoryService history = history(its);
            history.init();
            for (ChangeSet set : changelog.changeSets(new PostgresDatabase())) {
                String id = Changelog.id(set);
                if (wanted.contains(id) && !state.ids().contains(id)) {
                    history.setExecType(set, ExecType.EXECUTED);
                } else if (!wanted.contains(id) && state.ids().contains(id)) {
                    history.removeFromHistory(set);
                }
            }
        } finally {
            lock.releaseLock();
        }
    }
}
