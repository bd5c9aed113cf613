package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.MigrationPlan;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.report.StepReport;
import dev.belay.rollback.RollbackResult.Method;
import dev.belay.run.Step;
import dev.belay.validation.Finding;
import dev.belay.validation.Validator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ways a run can fail; after each the database is what it was, and nothing is left over. */
class FailureIT {
    private static final String TABLE = "CREATE TABLE rooms (id int PRIMARY KEY);";
    private final Scenario scenario = new Scenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void succeedsWhenNothingIsWrong() {
        scenario.revision("a0000001", TABLE, "DROP TABLE rooms;");
        MigrationReport report = scenario.plan().build().upgrade();
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.steps())
                .extracting(StepReport::step)
                .containsExactly("preflight", "backup", "proof", "test-run", "apply", "validate");
        assertThat(scenario.value("SELECT count(*) FROM rooms")).isEqualTo("0");
        scenario.assertNothingIsLeft();
    }

    @Test
    void aRevisionThatFailsOnTheCopyNeverReachesProduction() {
        scenario.revision("a0000001", "ALTER TABLE members ALTER note TYPE int USING note::int;", "SELECT 1;");
        String before = scenario.dump();
        MigrationReport report = scenario.failure(scenario.plan().build());
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(failed(report)).isEqualTo("test-run");
        assertThat(scenario.dump()).isEqualTo(before);
        scenario.assertNothingIsLeft();
    }

    @Test
    void aFailureInProductionThatTheCopyDidNotShowIsRolledBackByItsTransaction() {
        scenario.revision("a0000001", TABLE, "DROP TABLE rooms;")
                .revision(
                        "a0000002",
                        "CREATE UNIQUE INDEX members_email ON members (email);",
                        "DROP INDEX members_email;");
        AtomicReference<String> before = new AtomicReference<>("");
        MigrationPlan plan = scenario.plan()
                .listener(Scenario.after(Step.TEST_RUN, () -> {
                    scenario.execute("INSERT INTO members VALUES (5001, 'user1@example.org', 'twice')");
                    before.set(scenario.dump());
                }))
                .build();
        MigrationReport report = scenario.failure(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.rollback())
                .hasValueSatisfying(r -> assertThat(r.method()).isEqualTo(Method.TRANSACTION));
        assertThat(report.error().orElseThrow()).contains("a0000002").doesNotContain("user1@example.org");
        assertThat(scenario.dump()).isEqualTo(before.get());
        scenario.assertNothingIsLeft();
    }

    @Test
    void aFindingBeforeTheCommitCostsNothing() {
        scenario.revision("a0000001", TABLE, "DROP TABLE rooms;");
        String before = scenario.dump();
        MigrationReport report = scenario.failure(
                scenario.plan().validate(displeasedInProduction(false)).build());
        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.rollback())
                .hasValueSatisfying(r -> assertThat(r.method()).isEqualTo(Method.TRANSACTION));
        assertThat(scenario.dump()).isEqualTo(before);
        scenario.assertNothingIsLeft();
    }

    @Test
    void aFindingAfterTheCommitIsRolledBackByDowngrade() {
        scenario.revision("a0000001", TABLE, "DROP TABLE rooms;");
        String before = scenario.dump();
        MigrationReport report = scenario.failure(
                scenario.plan().validate(displeasedInProduction(true)).build());
        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.rollback())
                .hasValueSatisfying(r -> assertThat(r.method()).isEqualTo(Method.DOWNGRADE));
        assertThat(scenario.dump()).isEqualTo(before);
        scenario.assertNothingIsLeft();
    }

    @Test
    void aDowngradeThatFailsGivesWayToTheRestoreWhileClientsGoOn() throws Exception {
        scenario.revision(
                "a0000001",
                TABLE + "CREATE TABLE guard (id int);",
                // on the copy the table is empty; in production a client has written to it since
                "DO $$ BEGIN IF EXISTS (SELECT FROM guard) THEN RAISE 'guarded'; END IF; END $$; DROP TABLE rooms, guard;");
        AtomicReference<String> backedUp = new AtomicReference<>("");
        MigrationPlan plan = scenario.plan()
                .listener(Scenario.before(
                        Step.BACKUP, () -> backedUp.set(scenario.dumpWithout("written", "written_id_seq"))))
                .listener(Scenario.after(Step.APPLY, () -> scenario.execute("INSERT INTO guard VALUES (1)")))
                .validate(displeasedInProduction(true))
                .build();
        MigrationReport report;
        try (Clients clients = new Clients(scenario, 4)) {
            report = scenario.failure(plan);
            assertThat(clients.connectsAgain()).isTrue();
        }
        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.RESTORED);
        String kept = report.rollback().orElseThrow().keptDatabase().orElseThrow();
        assertThat(scenario.value(kept, "SELECT count(*) FROM guard")).isEqualTo("1");
        assertThat(report.rollback().orElseThrow().surplus()).containsEntry("public.guard", 1L);
        // the clients write to a table of their own, made before the backup: that one apart, it is the backup
        assertThat(scenario.dumpWithout("written", "written_id_seq")).isEqualTo(backedUp.get());
        scenario.assertNothingIsLeft();
    }

    @Test
    void aFailingNonTransactionalRevisionIsTakenBackByItsDowngrade() {
        scenario.revision("a0000001", TABLE, "DROP TABLE rooms;")
                .noTransaction(
                        "a0000002",
                        "CREATE INDEX CONCURRENTLY members_note ON members (note);\n"
                                + "CREATE UNIQUE INDEX CONCURRENTLY members_email ON members (email);",
                        "DROP INDEX CONCURRENTLY members_email;\nDROP INDEX CONCURRENTLY members_note;");
        AtomicReference<String> before = new AtomicReference<>("");
        MigrationPlan plan = scenario.plan()
                .listener(Scenario.after(Step.TEST_RUN, () -> {
                    scenario.execute("INSERT INTO members VALUES (5001, 'user1@example.org', 'twice')");
                    before.set(scenario.dump());
                }))
                .build();
        MigrationReport report = scenario.failure(plan);
        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.rollback())
                .hasValueSatisfying(r -> assertThat(r.method()).isEqualTo(Method.DOWNGRADE));
        assertThat(scenario.dump()).isEqualTo(before.get());
        scenario.assertNothingIsLeft();
    }

    private static String failed(MigrationReport report) {
        return report.steps().stream()
                .filter(step -> step.status() == StepReport.Status.FAILED)
                .map(StepReport::step)
                .findFirst()
                .orElse("none");
    }

    /** Finds nothing on the copy and something in production. */
    static Validator displeasedInProduction(boolean afterCommit) {
        Validator validator = new Validator() {
            @Override
            public List<Finding> validate(dev.belay.validation.ValidationContext context) {
                return List.of(Finding.critical("Displeased", "not to my liking", ""));
            }

            @Override
            public boolean runsOnCopy() {
                return false;
            }
        };
        return afterCommit ? validator.afterCommit() : validator;
    }
}
