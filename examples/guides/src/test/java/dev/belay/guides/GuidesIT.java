package dev.belay.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.guides.Guide.Ending;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.rollback.RollbackResult.Method;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each guide's procedure, from its upgrade to its restore. */
class GuidesIT {
    private static final Path PROJECTS = Path.of("projects");

    @TempDir
    Path work;

    private static void needsAlembic() throws IOException, InterruptedException {
        int status = new ProcessBuilder("sh", "-c", "command -v alembic && /usr/bin/python3 -c 'import psycopg2'")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        Assumptions.assumeTrue(status == 0, "Alembic with psycopg2 is not installed");
    }

    private static void ended(MigrationReport report, Outcome outcome, List<String> to) {
        assertThat(report.outcome()).as(report.toText()).isEqualTo(outcome);
        assertThat(report.to()).containsExactlyElementsOf(to);
    }

    @Test
    void branchesAndTheirMerge() throws Exception {
        needsAlembic();
        try (Practice practice = new Practice(PostgresServers.shared(), "guide000", work)) {
            Ending ending = new PracticeManagement(PROJECTS).run(practice);

            ended(ending.upgrade(), Outcome.APPLIED, List.of("2b8812283e69"));
            ended(ending.failure(), Outcome.REFUSED, List.of("2b8812283e69"));
            assertThat(ending.failure().error().orElseThrow()).contains("NotNullViolation");
            ended(ending.downgrade(), Outcome.APPLIED, List.of("c8c1872a99cf", "schema_cleanup_audit"));
            assertThat(ending.restore().method()).isEqualTo(Method.RESTORE);
            assertThat(practice.value("SELECT string_agg(version_num, ',') FROM alembic_version"))
                    .isEqualTo("4d0f6a1c2b3e");
            assertThat(practice.value("SELECT count(*) FROM sessions")).isEqualTo("5000");
        }
    }

    @Test
    void anApplicationThatIsDownAfterTheUpgrade() throws Exception {
        needsAlembic();
        try (Practice practice = new Practice(PostgresServers.shared(), "guide001", work)) {
            Ending ending = new ProductionScript(PROJECTS).run(practice);

            ended(ending.upgrade(), Outcome.APPLIED, List.of("1f0000000002"));
            ended(ending.failure(), Outcome.ROLLED_BACK, List.of("1f0000000002"));
            assertThat(ending.failure().rollback().orElseThrow().method()).isEqualTo(Method.DOWNGRADE);
            ended(ending.downgrade(), Outcome.APPLIED, List.of("1f0000000001"));
            assertThat(practice.value("SELECT count(*) FROM clients")).isEqualTo("3000");
        }
    }

    @Test
    void aLargeTableInFourPhases() throws Exception {
        needsAlembic();
        try (Practice practice = new Practice(PostgresServers.shared(), "guide002", work)) {
            Ending ending = new LargeTable(PROJECTS).run(practice);

            ended(ending.upgrade(), Outcome.APPLIED, List.of("2d0000000004"));
            ended(ending.failure(), Outcome.REFUSED, List.of("2d0000000004"));
            assertThat(ending.failure().error().orElseThrow()).contains("patients");
            ended(ending.downgrade(), Outcome.APPLIED, List.of("2d0000000002"));
            assertThat(practice.value("SELECT min(phone) FROM patients")).isEqualTo("030 000001");
        }
    }

    @Test
    void dataThatPythonMigrates() throws Exception {
        needsAlembic();
        try (Practice practice = new Practice(PostgresServers.shared(), "guide003", work)) {
            Ending ending = new BackupAndRestore(PROJECTS).run(practice);

            ended(ending.upgrade(), Outcome.APPLIED, List.of("3e0000000002"));
            ended(ending.failure(), Outcome.ROLLED_BACK, List.of("3e0000000002"));
            assertThat(ending.failure().error().orElseThrow()).contains("3e0000000003", "UndefinedTable", "staff");
            ended(ending.downgrade(), Outcome.APPLIED, List.of("3e0000000001"));
            assertThat(practice.value("SELECT name FROM employees WHERE id = 7"))
                    .isEqualTo("First7 Last7");
        }
    }

    @Test
    void prismasMigrationsAndTheWayBackThatItHasNot() throws Exception {
        try (Practice practice = new Practice(PostgresServers.shared(), "guide004", work)) {
            Ending ending = new Runbook(PROJECTS).run(practice);

            ended(ending.upgrade(), Outcome.APPLIED, List.of("20260119090000_subscriptions"));
            ended(ending.failure(), Outcome.RESTORED, List.of("20260119090000_subscriptions"));
            ended(ending.downgrade(), Outcome.APPLIED, List.of("20260105090000_init"));
            assertThat(ending.restore().method()).isEqualTo(Method.RESTORE);
            assertThat(practice.value("SELECT string_agg(migration_name, ',') FROM _prisma_migrations"))
                    .isEqualTo("20260105090000_init");
            assertThat(practice.value("SELECT count(*) FROM \"Appointment\"")).isEqualTo("4000");
        }
    }
}
