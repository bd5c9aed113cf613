package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.run.Step;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A timeout or an interrupt, at whatever step, leaves the database as it was and nothing beside it. */
class CancelIT {
    private final Scenario scenario = new Scenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = Mode.EXCLUDE,
            names = {"RECOVERY", "ROLLBACK", "RESTORE"})
    void anInterruptAtTheBeginOfEachStepIsUndone(Step step) {
        scenario.revision("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
        String before = scenario.dump();
        Thread caller = Thread.currentThread();
        MigrationReport report = scenario.failure(scenario.plan()
                .listener(Scenario.before(step, () -> Scenario.interrupt(caller)))
                .build());
        assertThat(Thread.interrupted()).as("the interrupt flag is set again").isTrue();
        assertThat(report.outcome()).as(report.toText()).isIn(Outcome.REFUSED, Outcome.ROLLED_BACK);
        assertThat(report.error().orElseThrow()).contains("interrupted");
        assertThat(scenario.dump()).isEqualTo(before);
        scenario.assertNothingIsLeft();
    }

    @Test
    void theTimeoutCancelsTheStatementOnTheServer() {
        scenario.revision(
                "a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);\nSELECT pg_sleep(6000);", "DROP TABLE rooms;");
        String before = scenario.dump();
        long start = System.nanoTime();
        // without the steps before, it is there long before the timeout
        MigrationReport report = scenario.failure(scenario.planWithoutBackup()
                .skipBackup("to be quick")
                .skipTestRun("to be quick")
                .timeout(Duration.ofSeconds(15))
                .build());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(10));
        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.error().orElseThrow()).contains("timeout of 15 s");
        assertThat(scenario.dump()).isEqualTo(before);
        assertThat(
                        scenario.value(
                                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(6000)%' AND state = 'active' AND pid <> pg_backend_pid()"))
                .isEqualTo("0");
        scenario.assertNothingIsLeft();
    }

    @Test
    void aLockThatIsNeverGivenUpIsNamedAndTheRunGivesUp() throws Exception {
        scenario.revision(
                "a0000001", "ALTER TABLE members ADD COLUMN age int;", "ALTER TABLE members DROP COLUMN age;");
        String before = scenario.dump();
        try (var blocker = scenario.server().connect(scenario.name());
                var statement = blocker.createStatement()) {
            statement.execute("SET application_name = 'night report'");
            blocker.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM members");
            MigrationReport report = scenario.failure(
                    scenario.plan().lockTimeout(Duration.ofMillis(300)).build());
            assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(String.join("\n", report.notes())).contains("night report");
            blocker.rollback();
        }
        assertThat(scenario.dump()).isEqualTo(before);
        scenario.assertNothingIsLeft();
    }
}
