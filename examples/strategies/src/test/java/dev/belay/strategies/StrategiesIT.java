package dev.belay.strategies;

import dev.belay.backup.BackupStrategy;
import dev.belay.postgres.backup.PgDump;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.testkit.contract.BackupStrategyContract;
import dev.belay.testkit.contract.RollbackStrategyContract;
import dev.belay.testkit.contract.TestRunStrategyContract;
import dev.belay.testkit.contract.ValidatorContract;
import dev.belay.testrun.TestRunStrategy;
import dev.belay.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The strategies of this example keep the published contracts. */
class StrategiesIT {
    // tag::contract[]
    @Nested
    class OffsiteBackupKeepsTheContract extends BackupStrategyContract {
        @Override
        protected BackupStrategy strategy(Path directory) {
            return new OffsiteBackup(PgDump.into(directory.resolve("backups")), made(directory.resolve("vault")));
        }
    }
    // end::contract[]

    @Nested
    class TemplateCloneKeepsTheContract extends TestRunStrategyContract {
        @Override
        protected TestRunStrategy strategy() {
            return new TemplateClone();
        }
    }

    @Nested
    class NoDoubleBookingsKeepsTheContract extends ValidatorContract {
        @Override
        protected Validator validator() {
            return new NoDoubleBookings();
        }

        @Override
        protected String sound() {
            return "CREATE TABLE bookings (id int, room int, during tsrange);"
                    + "INSERT INTO bookings VALUES (1, 1, '[2026-01-01 08:00, 2026-01-01 09:00)')";
        }

        @Override
        protected String broken() {
            return "INSERT INTO bookings VALUES (2, 1, '[2026-01-01 08:30, 2026-01-01 09:30)')";
        }
    }

    @Nested
    class WithMaintenancePageKeepsTheContract extends RollbackStrategyContract {
        @Override
        protected RollbackStrategy strategy() {
            return new WithMaintenancePage(RollbackStrategy.downgrade(), () -> {}, () -> {});
        }
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
