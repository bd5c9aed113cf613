package dev.belay.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.testrun.TestCopy;
import dev.belay.testrun.TestRunStrategy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TestRunStrategy} must do that makes its copy by itself. Extend it, and return yours from
 * {@link #strategy}.
 *
 * @since 0.1
 */
public abstract class TestRunStrategyContract {
    private ClinicDatabase clinic;
    private PostgresDatabase database;
    private ContractContext context;

    /** For a subclass. */
    protected TestRunStrategyContract() {}

    /** The strategy under test. */
    protected abstract TestRunStrategy strategy();

    @BeforeEach
    void makeDatabase() throws SQLException {
        clinic = new ClinicDatabase();
        database = clinic.database();
        context = new ContractContext(database);
    }

    @AfterEach
    void dropDatabase() {
        clinic.close();
    }

    @Test
    void theCopyHasTheSchemaOfTheOriginal() throws Exception {
        try (TestCopy copy = strategy().copy(context)) {
            assertThat(database.observations()
                            .schema(database)
                            .differencesTo(database.observations().schema(copy.database())))
                    .isEmpty();
        }
    }

    @Test
    void aChangeOfTheCopyLeavesTheOriginalAlone() throws Exception {
        var rows = database.observations().rows(database, context);
        try (TestCopy copy = strategy().copy(context);
                Connection connection = copy.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE visits; CREATE TABLE trial (id int)");
        }
        assertThat(database.observations().rows(database, context)).isEqualTo(rows);
    }

    @Test
    void theCopyIsGoneWhenItIsClosed() throws Exception {
        TestCopy copy = strategy().copy(context);
        copy.close();
        assertThat(database.copies().hasLeftovers(database)).isFalse();
    }

    @Test
    void saysWhichKindOfCopyItIs() throws Exception {
        try (TestCopy copy = strategy().copy(context)) {
            assertThat(copy.description()).isNotBlank();
        }
    }
}
