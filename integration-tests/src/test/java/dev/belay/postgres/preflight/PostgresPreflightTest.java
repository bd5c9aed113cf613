package dev.belay.postgres.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.BackupStrategy;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.validation.Finding;
import dev.belay.validation.Severity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresPreflightTest {
    @Test
    void listsItsChecksForDocumentation() {
        assertThat(PostgresPreflight.checks())
                .hasSizeGreaterThan(15)
                .extracting(PreflightCheck::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void aServerThatCannotBeReachedIsOneFinding() {
        var nowhere = PostgresDatabase.at("jdbc:postgresql://127.0.0.1:1/shop", "app", "secret");
        assertThat(new PostgresPreflight().check(TestPreflightContext.of(nowhere, new TestBackup())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.validator()).isEqualTo("connection");
                    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                    assertThat(finding.message()).doesNotContain("secret");
                });
    }

    @Test
    void spaceIsCriticalBelowTenPercentMoreAndMinorBelowThirty() {
        assertThat(severities(109)).containsExactly(Severity.CRITICAL);
        assertThat(severities(120)).containsExactly(Severity.MINOR);
        assertThat(severities(130)).isEmpty();
    }

    private static List<Severity> severities(long free) {
        return Space.shortage(new BackupSpace(), Path.of("/backups"), 100, "the backup", free).stream()
                .map(Finding::severity)
                .toList();
    }

    /** A backup that isn't made by pg_dump is not looked at. */
    private record TestBackup() implements BackupStrategy {
        @Override
        public Backup take(BackupContext context) {
            throw new BackupFailedException("not taken in this test");
        }

        @Override
        public void restore(Backup backup, Database into, RunContext context) {
            throw new BackupFailedException("not restored in this test");
        }
    }
}
