package dev.belay.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.report.Outcome;
import dev.belay.revision.Revision;
import dev.belay.revision.Revisions;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.testrun.TestRunStrategy;
import dev.belay.validation.Finding;
import dev.belay.validation.Validator;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link RollbackStrategy} must do: after a change that was committed and found wrong, the database is what it
 * was. Extend it, and return yours from {@link #strategy}.
 *
 * @since 0.1
 */
public abstract class RollbackStrategyContract {
    @TempDir
    Path directory;

    private ClinicDatabase clinic;
    private PostgresDatabase database;

    /** For a subclass. */
    protected RollbackStrategyContract() {}

    /** The strategy under test. */
    protected abstract RollbackStrategy strategy();

    @BeforeEach
    void makeDatabase() throws SQLException {
        clinic = new ClinicDatabase();
        database = clinic.database();
    }

    @AfterEach
    void dropDatabase() {
        clinic.close();
    }

    @Test
    void takesACommittedChangeBack() throws SQLException {
        ContractContext context = new ContractContext(database);
        var rows = database.observations().rows(database, context);
        var schema = database.observations().schema(database);
        Revision change = Revision.named("c0ffee01", "Add a table")
                .upgrade(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("CREATE TABLE rooms (id int PRIMARY KEY)");
                    }
                })
                .downgrade(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("DROP TABLE rooms");
                    }
                });
        MigrationPlan plan = MigrationPlan.builder()
                .database(database)
                .revisions(Revisions.of(change))
                .backup(dev.belay.postgres.backup.PgDump.into(directory))
                .testRun(TestRunStrategy.none("the contract is about the way back"))
                .validate(new Displeased())
                .rollback(strategy())
                .build();
        MigrationFailedException failure = catchThrowableOfType(MigrationFailedException.class, plan::upgrade);
        assertThat(failure.report().outcome()).isIn(Outcome.ROLLED_BACK, Outcome.RESTORED);
        assertThat(failure.report().rollback())
                .hasValueSatisfying(r -> assertThat(r.succeeded()).isTrue());
        assertThat(plan.status().applied()).isEmpty();
        assertThat(database.observations().rows(database, context)).isEqualTo(rows);
        assertThat(schema.differencesTo(database.observations().schema(database)))
                .isEmpty();
        assertThat(database.copies().hasLeftovers(database)).isFalse();
        failure.report().rollback().flatMap(r -> r.keptDatabase()).ifPresent(this::dropKept);
    }

    private void dropKept(String name) {
        dev.belay.testkit.server.PostgresServers.shared().dropDatabase(name);
    }

    /** Finds fault with every change, once it is committed. */
    private static final class Displeased implements Validator {
        @Override
        public List<Finding> validate(dev.belay.validation.ValidationContext context) {
            return List.of(Finding.critical("Displeased", "the change is not to my liking", ""));
        }

        @Override
        public boolean needsCommit() {
            return true;
        }
    }
}
