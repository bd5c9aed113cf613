package dev.belay.carryover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.Rows;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Script;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.run.RunEvent;
import dev.belay.run.RunListener;
import dev.belay.run.Step;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import dev.belay.validation.Validator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database whose change is committed, found wrong, and taken back by a restore, while an application goes on writing. */
final class Clinic implements AutoCloseable {
    private final PostgresServer server;
    private final Path backups;
    private final String name;
    private final List<Revision> revisions = new ArrayList<>();
    private String layout = "belay";
    private Optional<String> role = Optional.empty();

    Clinic(PostgresServer server, Path backups) {
        this.server = server;
        this.backups = backups;
        this.name = server.createUniqueDatabase("late");
    }

    String name() {
        return name;
    }

    /** The database that the restore put aside. */
    String kept() {
        return rows("postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + name + "_failed%'")
                .get(0);
    }

    /** It and those that restores put aside. */
    List<String> databases() {
        return rows("postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + name + "%'");
    }

    PostgresDatabase database() {
        return role.map(user -> PostgresDatabase.at(server.jdbcUrl(name), user, user))
                .orElseGet(() -> PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password()));
    }

    /** From now on Belay is a role that owns the database, and the tables that are made by it, and may do little else. */
    String owned() {
        String owner = name + "_owner";
        execute(
                "CREATE ROLE " + owner + " LOGIN CREATEDB PASSWORD '" + owner + "'",
                "ALTER DATABASE " + name + " OWNER TO " + owner);
        role = Optional.of(owner);
        return owner;
    }

    Clinic revision(String up, boolean transactional) {
        return revision(up, "SELECT 1;", transactional);
    }

    Clinic revision(String up, String down) {
        return revision(up, down, true);
    }

    /** The last revision is taken out again. */
    void forget() {
        revisions.remove(revisions.size() - 1);
    }

    private Clinic revision(String up, String down, boolean transactional) {
        String id = "r" + revisions.size() + "xxx";
        var revision = Revision.named(id, "does something");
        if (!revisions.isEmpty()) {
            revision.after(revisions.get(revisions.size() - 1).id());
        }
        revisions.add(revision.origin(id + ".sql")
                .upgrade(new Change.Sql(Script.ofText(id + ".sql", up), transactional))
                .downgrade(new Change.Sql(Script.ofText(id + ".sql", down), transactional)));
        return this;
    }

    /** Whose history is kept. */
    Clinic layout(String name) {
        layout = name;
        return this;
    }

    MigrationPlanBuilder plan() {
        return MigrationPlan.builder()
                .database(database())
                .revisions(RevisionSource.of(revisions, layout))
                .backup(PgDump.into(backups))
                .skipTestRun("it is not what is tested")
                .validateAfterCommit()
                .rollback(RollbackStrategy.restore())
                .carryOverWrites();
    }

    /** The plan that fails after its commit; the application writes after the backup, and once more after the commit. */
    MigrationPlan failing(List<String> early, List<String> late) {
        return plan().listener(after(Step.BACKUP, () -> execute(early)))
                .validate(displeased(() -> execute(late)))
                .build();
    }

    /** Runs it; the database must have been restored. */
    MigrationReport restored(MigrationPlan plan) {
        MigrationFailedException failure = catchThrowableOfType(MigrationFailedException.class, plan::upgrade);
        assertThat(failure).as("the run fails").isNotNull();
        assertThat(failure.report().outcome())
                .as(failure.report().notes() + " " + failure.report().error())
                .isEqualTo(Outcome.RESTORED);
        return failure.report();
    }

    static RunListener after(Step step, Runnable action) {
        return event -> {
            if (event instanceof RunEvent.StepPassed passed && passed.step() == step) {
                action.run();
            }
        };
    }

    /** Finds the change wrong once it is committed. */
    static Validator displeased(Runnable before) {
        return context -> {
            if (context.phase() != ValidationContext.Phase.COMMITTED) {
                return List.of();
            }
            before.run();
            return List.of(Finding.critical("displeased", "nobody likes it", ""));
        };
    }

    void execute(String... statements) {
        execute(List.of(statements));
    }

    void execute(List<String> statements) {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each in a transaction of its own; the second begins and ends while the first is open. */
    void interleaved(List<String> first, List<String> second) {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : first) {
                statement.execute(sql);
            }
            execute(second);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitWriterOf(String table) throws InterruptedException {
        while (rows("SELECT 1 FROM pg_locks WHERE relation = '" + table + "'::regclass AND mode = 'RowExclusiveLock'")
                .isEmpty()) {
            Thread.sleep(20);
        }
    }

    void dropRole(String role) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ROLE " + role);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, each with its columns separated by bars. */
    List<String> rows(String query) {
        return rows(name, query);
    }

    List<String> rows(String database, String query) {
        try (Connection connection = server.connect(database)) {
            return Rows.of(connection, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        databases().forEach(server::dropDatabase);
    }
}
