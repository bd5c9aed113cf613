package dev.belay.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.Revisions;
import dev.belay.validation.Finding;
import dev.belay.validation.Validator;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Validator} must do. Extend it, return yours from {@link #validator}, and say in {@link #sound} and
 * {@link #broken} how a database looks in which it finds nothing and something.
 *
 * @since 0.1
 */
public abstract class ValidatorContract {
    private ClinicDatabase clinic;
    private PostgresDatabase database;

    /** For a subclass. */
    protected ValidatorContract() {}

    /** The validator under test. */
    protected abstract Validator validator();

    /** SQL that makes a database in which the validator finds nothing. */
    protected abstract String sound();

    /** SQL that, run after {@link #sound}, makes it find something. */
    protected abstract String broken();

    @BeforeEach
    void makeDatabase() throws SQLException {
        clinic = new ClinicDatabase();
        database = clinic.database();
        clinic.execute(sound());
    }

    @AfterEach
    void dropDatabase() {
        clinic.close();
    }

    private List<Finding> findings() {
        return MigrationPlan.builder()
                .database(database)
                .revisions(Revisions.of())
                .skipBackup("a contract test")
                .skipTestRun("a contract test")
                .validate(validator())
                .build()
                .validate();
    }

    @Test
    void findsNothingInASoundDatabase() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void findsWhatIsBroken() throws SQLException {
        clinic.execute(broken());
        assertThat(findings())
                .isNotEmpty()
                .allSatisfy(
                        finding -> assertThat(finding.message()).isNotBlank().doesNotStartWith("could not be checked"));
    }

    @Test
    void changesNothing() throws SQLException {
        ContractContext context = new ContractContext(database);
        var rows = database.observations().rows(database, context);
        var schema = database.observations().schema(database);
        assertThat(findings()).isEmpty();
        assertThat(database.observations().rows(database, context)).isEqualTo(rows);
        assertThat(schema.differencesTo(database.observations().schema(database)))
                .isEmpty();
    }

    @Test
    void hasAName() {
        assertThat(validator().name()).isNotBlank();
    }
}
