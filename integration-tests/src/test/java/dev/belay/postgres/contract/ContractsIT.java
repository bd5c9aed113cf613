package dev.belay.postgres.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.MigrationPlan;
import dev.belay.backup.Backup;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.Format;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.backup.TemplateCopy;
import dev.belay.postgres.testrun.TemplateTestCopy;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Revisions;
import dev.belay.testkit.contract.BackupStrategyContract;
import dev.belay.testkit.contract.TestRunStrategyContract;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import dev.belay.testrun.TestRunStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Belay's own strategies keep the contracts that are published for everybody's. */
class ContractsIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    @Nested
    class DirectoryDump extends BackupStrategyContract {
        @Override
        protected BackupStrategy strategy(Path directory) {
            return PgDump.into(directory);
        }
    }

    @Nested
    class CustomDump extends BackupStrategyContract {
        @Override
        protected BackupStrategy strategy(Path directory) {
            return PgDump.into(directory).format(Format.CUSTOM);
        }
    }

    @Nested
    class PlainDump extends BackupStrategyContract {
        @Override
        protected BackupStrategy strategy(Path directory) {
            return PgDump.into(directory).format(Format.PLAIN);
        }
    }

    @Nested
    class BackupByTemplate extends BackupStrategyContract {
        @Override
        protected BackupStrategy strategy(Path directory) {
            return TemplateCopy.beside(database("postgres"));
        }

        @AfterEach
        void dropBackups() throws SQLException {
            drop("contract%\\_backup\\_%");
        }
    }

    @Nested
    class TestRunByTemplate extends TestRunStrategyContract {
        @Override
        protected TestRunStrategy strategy() {
            return TemplateTestCopy.ofTheDatabase();
        }
    }

    @Nested
    class WholeRuns {
        private final String name = SERVER.createUniqueDatabase("template");
        private final PostgresDatabase database = database(name);

        @TempDir
        Path directory;

        @AfterEach
        void dropDatabases() throws SQLException {
            drop(name + "%");
        }

        @Test
        void provesTheBackupAndTriesTheChangeWithoutClientPrograms() throws Exception {
            MigrationReport report = plan().upgrade();
            assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(TemplateCopy.beside(database).list(name))
                    .singleElement()
                    .satisfies(backup -> assertThat(backup.proof()).isEqualTo(ProofLevel.COMPARED));
            assertThat(database.copies().hasLeftovers(database)).isFalse();
        }

        @Test
        void namesTheSessionThatIsInTheWay() throws Exception {
            try (Connection open = database.connect("open for lunch")) {
                assertThat(open.isClosed()).isFalse();
                assertThatThrownBy(() -> plan().upgrade())
                        .hasStackTraceContaining(BackupFailedException.class.getName())
                        .hasStackTraceContaining("belay open for lunch")
                        .hasStackTraceContaining("user \"" + SERVER.user() + "\"");
            }
            assertThat(TemplateCopy.beside(database).list(name)).isEmpty();
        }

        @Test
        void keepsAnOldBackupThatAReportNamesByItsPlace() throws Exception {
            MigrationPlan plan = plan();
            Backup first = plan.backup();
            Backup newest = plan.backup();
            TemplateCopy shortLived = TemplateCopy.beside(database).keepFor(Duration.ofNanos(1));
            assertThat(shortLived.retain(name, Set.of(first.location()))).isEmpty();
            assertThat(shortLived.retain(name, Set.of())).containsExactly(first.id());
            assertThat(shortLived.list(name)).extracting(Backup::id).containsExactly(newest.id());
        }

        private MigrationPlan plan() throws Exception {
            Files.writeString(
                    Files.createDirectories(directory.resolve("revisions")).resolve("20261121_0000_visits1_visits.sql"),
                    "-- belay:revision visits1\n-- belay:upgrade\nCREATE TABLE visits (id int PRIMARY KEY);\n-- belay:downgrade\nDROP TABLE visits;\n");
            return MigrationPlan.builder()
                    .database(database)
                    .revisions(Revisions.in(directory.resolve("revisions")))
                    .backup(TemplateCopy.beside(database))
                    .testRun(TemplateTestCopy.ofTheDatabase())
                    .reports(directory.resolve("reports"))
                    .build();
        }
    }

    private static PostgresDatabase database(String name) {
        return PostgresDatabase.at(SERVER.jdbcUrl(name), SERVER.user(), SERVER.password());
    }

    private static void drop(String pattern) throws SQLException {
        try (Connection connection = SERVER.connect("postgres");
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE '" + pattern + "'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            names.forEach(SERVER::dropDatabase);
        }
    }
}
