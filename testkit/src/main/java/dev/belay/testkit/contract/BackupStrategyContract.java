package dev.belay.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.database.Database;
import dev.belay.postgres.PostgresDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link BackupStrategy} must do. Extend it, and return yours from {@link #strategy}; a real server is found or
 * started by {@link dev.belay.testkit.server.PostgresServers}.
 *
 * @since 0.1
 */
public abstract class BackupStrategyContract {
    @TempDir
    Path directory;

    private ClinicDatabase clinic;
    private PostgresDatabase database;
    private ContractContext context;

    /** For a subclass. */
    protected BackupStrategyContract() {}

    /**
     * The strategy under test.
     *
     * @param directory an empty directory that it may use
     */
    protected abstract BackupStrategy strategy(Path directory);

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
    void restoresTheRowsOfTheMomentItWasTaken() throws SQLException {
        BackupStrategy strategy = strategy(directory);
        var expected = database.observations().rows(database, context);
        Backup backup = strategy.take(context);
        clinic.execute("DELETE FROM visits; UPDATE patients SET name = 'other'");
        Database restored = database.copies().create(database, "contract", context);
        try {
            strategy.restore(backup, restored, context);
            assertThat(database.observations().rows(restored, context)).isEqualTo(expected);
        } finally {
            database.copies().drop(restored);
        }
    }

    @Test
    void restoresTheSchema() throws SQLException {
        BackupStrategy strategy = strategy(directory);
        Backup backup = strategy.take(context);
        Database restored = database.copies().create(database, "contract", context);
        try {
            strategy.restore(backup, restored, context);
            assertThat(database.observations()
                            .schema(database)
                            .differencesTo(database.observations().schema(restored)))
                    .isEmpty();
        } finally {
            database.copies().drop(restored);
        }
    }

    @Test
    void changesNothingInTheDatabase() throws SQLException {
        var rows = database.observations().rows(database, context);
        var schema = database.observations().schema(database);
        strategy(directory).take(context);
        assertThat(database.observations().rows(database, context)).isEqualTo(rows);
        assertThat(schema.differencesTo(database.observations().schema(database)))
                .isEmpty();
    }

    @Test
    void describesTheBackup() {
        Backup backup = strategy(directory).take(context);
        assertThat(backup.id()).isNotBlank();
        assertThat(backup.location()).isNotBlank();
        assertThat(backup.database()).isEqualTo(database.name());
        assertThat(backup.bytes()).isPositive();
        assertThat(backup.proof()).isEqualTo(ProofLevel.NONE);
    }

    @Test
    void fingerprintsWhereGivenAreThoseOfTheSnapshot() throws SQLException {
        var expected = database.observations().rows(database, context);
        Backup backup = strategy(directory).take(context);
        backup.rows().ifPresent(rows -> assertThat(rows).isEqualTo(expected));
        assertThat(backup.rows().map(rows -> rows.size()).orElse(expected.size()))
                .isEqualTo(expected.size());
    }

    @Test
    void passesItsOwnCheck() {
        BackupStrategy strategy = strategy(directory);
        strategy.check(strategy.take(context), context);
    }

    @Test
    void neverRemovesTheNewestProvenBackup() {
        BackupStrategy strategy = strategy(directory);
        Backup backup = strategy.take(context).proven(ProofLevel.COMPARED);
        strategy.recordProof(backup);
        assertThat(strategy.retain(database.name(), java.util.Set.of())).doesNotContain(backup.id());
    }
}
