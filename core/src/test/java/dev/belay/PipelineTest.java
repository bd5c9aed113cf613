package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.backup.Backup;
import dev.belay.backup.ProofLevel;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.report.StepReport;
import dev.belay.revision.Revisions;
import dev.belay.rollback.RollbackResult;
import dev.belay.rollback.RollbackResult.Method;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.run.RunEvent;
import dev.belay.run.RunEvent.Note;
import dev.belay.run.RunEvent.StepPassed;
import dev.belay.run.Step;
import dev.belay.validation.Finding;
import dev.belay.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the steps, and the decision tree after a failure. */
class PipelineTest {
    private final FakePlatform server = new FakePlatform();
    private final List<RunEvent> events = new ArrayList<>();

    private MigrationPlanBuilder plan() {
        return MigrationPlan.builder().database(server).revisions(Revisions.of());
    }

    private MigrationReport failure(MigrationPlanBuilder plan) {
        return catchThrowableOfType(
                        MigrationFailedException.class, () -> plan.build().upgrade())
                .report();
    }

    private List<String> done() {
        return server.log.stream().filter(entry -> !entry.startsWith("audit")).toList();
    }

    @Test
    void doesItsStepsInTheOrderOfTheReadme() {
        MigrationReport report = plan().build().upgrade();
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.steps())
                .extracting(StepReport::step)
                .containsExactly("preflight", "backup", "proof", "test-run", "apply", "validate");
        assertThat(done())
                .containsExactly(
                        "lock",
                        "drop leftovers",
                        "backup",
                        "create test",
                        "restore",
                        "UP on copy",
                        "DOWN on copy",
                        "UP on copy",
                        "drop clinic_test",
                        "UP on clinic",
                        "unlock");
    }

    @Test
    void takesNoLockWhenThereIsNothingToDo() {
        server.applied("clinic").add("one");
        assertThat(plan().build().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(server.log).isEmpty();
    }

    @Test
    void dropsWhatAKilledRunLeftEvenWhenThereIsNothingToDo() {
        server.applied("clinic").add("one");
        server.leftovers = true;
        plan().build().upgrade();
        assertThat(server.log).containsExactly("lock", "drop leftovers", "unlock");
    }

    @Test
    void doesNotSayWhereADatabaseIsThatItCannotReach() {
        server.unreachable = true;
        MigrationReport report = failure(plan());
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.knowsHeads()).isFalse();
        assertThat(report.toText()).doesNotContain(" base").contains("nobody answers");
        assertThat(report.toHtml()).doesNotContain(">base<").contains("nobody answers");
    }

    @Test
    void saysWhereADatabaseIsThatItDoesNotGetTheLockOf() {
        server.applied("clinic").add("zero");
        server.lockIsTaken = true;
        MigrationReport report = failure(plan());
        assertThat(report.from()).containsExactly("zero");
        assertThat(report.knowsHeads()).isTrue();
    }

    @Test
    void refusesWhenTheCopyDoesNotSurvive() {
        server.failsOnCopy = true;
        MigrationReport report = failure(plan());
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(server.log).contains("drop clinic_test").doesNotContain("UP on clinic");
    }

    @Test
    void goesOnOverAFailedTestRunOnlyWhenForced() {
        server.failsOnCopy = true;
        assertThat(plan().force("known, harmless").build().upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(server.log).contains("audit step-overruled");
    }

    @Test
    void neverGoesOnOverABackupThatIsNotWhatItShouldBe() {
        server.backupIsDamaged = true;
        MigrationReport report = failure(plan().force("I insist"));
        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.error().orElseThrow()).contains("public.users", "other contents");
        assertThat(server.log).doesNotContain("UP on copy", "UP on clinic").contains("drop clinic_test");
    }

    @Test
    void aFailureThatCommittedNothingIsRolledBackByItsTransaction() {
        server.failsInProduction = true;
        MigrationReport report = failure(plan());
        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.rollback().orElseThrow().method()).isEqualTo(Method.TRANSACTION);
    }

    @Test
    void aFindingBeforeTheCommitCostsNothing() {
        MigrationReport report = failure(plan().validate(displeased()));
        assertThat(report.rollback().orElseThrow().method()).isEqualTo(Method.TRANSACTION);
        assertThat(server.applied("clinic")).isEmpty();
    }

    @Test
    void aFindingAfterTheCommitIsTakenBackByDowngrade() {
        MigrationReport report = failure(plan().validate(displeased().afterCommit()));
        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.rollback().orElseThrow().method()).isEqualTo(Method.DOWNGRADE);
        assertThat(server.applied("clinic")).isEmpty();
    }

    @Test
    void whatFailsAfterAPartialCommitIsTakenBackByDowngrade() {
        server.transactional = false;
        server.failsInProduction = true;
        server.commitsBeforeItFails = true;
        assertThat(failure(plan()).rollback().orElseThrow().method()).isEqualTo(Method.DOWNGRADE);
    }

    @Test
    void aMinorFindingStays() {
        MigrationReport report = plan().validate(displeased().minor()).build().upgrade();
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.findings()).hasSize(1);
    }

    @Test
    void whenTheDowngradeFailsTheBackupIsRestoredBeside() {
        server.downgradeFails = true;
        MigrationReport report = failure(plan().validate(displeased().afterCommit()));
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.rollback().orElseThrow().keptDatabase()).contains("clinic_failed");
        assertThat(report.rollback().orElseThrow().surplus()).containsEntry("public.users", 2L);
        assertThat(done())
                .containsSubsequence("DOWN on clinic", "create restored", "restore", "carry over", "swap", "unlock");
        assertThat(server.applied("clinic")).isEmpty();
    }

    @Test
    void aRestoreThatWorkedStaysOneWhenTheSurplusCannotBeCounted() {
        server.downgradeFails = true;
        server.surplusFails = true;
        MigrationReport report = failure(plan().validate(displeased().afterCommit()));
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.rollback().orElseThrow().surplus()).isEmpty();
        assertThat(report.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("clinic_failed has could not be counted", "22P02")
                        .doesNotContain("MARKER"));
    }

    @Test
    void aScratchDatabaseThatStaysDoesNotHideWhyTheRestoreFailed() {
        server.downgradeFails = true;
        server.restoreFails = true;
        server.dropFails = true;
        MigrationReport report = failure(plan().proof(ProofLevel.NONE)
                .skipTestRun("the backup can't be restored")
                .validate(displeased().afterCommit()));
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("clinic_restored could not be dropped", "55006", "The next run drops it."))
                .anySatisfy(note -> assertThat(note).contains("the restore failed"));
    }

    @Test
    void aRestoreOnRequestGoesTheSameWayAsARollback() {
        MigrationPlan plan = plan().listener(events::add).build();
        Backup backup = plan.backup();
        server.log.clear();
        RollbackResult result = plan.restore(backup);
        assertThat(result.keptDatabase()).contains("clinic_failed");
        assertThat(result.surplus()).containsEntry("public.users", 2L);
        assertThat(done())
                .containsExactly(
                        "lock", "drop leftovers", "create restored", "restore", "carry over", "swap", "unlock");
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                StepPassed.class,
                                passed -> assertThat(passed.step()).isEqualTo(Step.RESTORE)));
    }

    @Test
    void aRestoreOnRequestTouchesNothingWhenItsRowsAreNotThoseOfTheBackup() {
        Backup backup = plan().build().backup();
        server.backupIsDamaged = true;
        assertThatThrownBy(() -> plan().build().restore(backup))
                .hasMessageContaining("other contents")
                .hasMessageContaining("The database was not touched");
        assertThat(server.log).contains("drop clinic_restored").doesNotContain("swap");
    }

    @Test
    void aRestoreOnRequestThatWorkedStaysOneWhenTheSurplusCannotBeCounted() {
        Backup backup = plan().build().backup();
        server.surplusFails = true;
        MigrationPlan plan = plan().listener(events::add).build();
        assertThat(plan.restore(backup).surplus()).isEmpty();
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                Note.class, note -> assertThat(note.message()).contains("could not be counted")));
    }

    @Test
    void whenNoWayLeadsBackAPersonIsNeeded() {
        server.downgradeFails = true;
        MigrationReport report =
                failure(plan().validate(displeased().afterCommit()).rollback(RollbackStrategy.downgrade()));
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.backup()).isPresent();
    }

    @Test
    void skipsAreOnRecord() {
        MigrationReport report = plan().skipBackup("taken by the platform")
                .skipTestRun("done by hand")
                .build()
                .upgrade();
        assertThat(report.toText()).contains("taken by the platform", "done by hand");
        assertThat(server.log).contains("audit step-skipped").doesNotContain("backup");
    }

    @Test
    void aSkipInProductionNeedsAReason() {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> plan().skipBackup(" ")))
                .hasMessageContaining("reason");
    }

    @Test
    void theReportIsReadableAsTextAndAsJson() {
        MigrationReport report = plan().build().upgrade();
        assertThat(report.toText()).contains("applied", "preflight", "fake/clinic", "backups/b1");
        assertThat(report.toJson()).contains("\"outcome\": \"applied\"", "\"proof\": \"compared\"");
    }

    @Test
    void aPlanSaysWhatItWillDo() {
        assertThat(plan().build().toString())
                .contains("fake/clinic", "production", "downgrade, else restore", "compared");
    }

    private static Validator displeased() {
        return new Validator() {
            @Override
            public List<Finding> validate(dev.belay.validation.ValidationContext context) {
                return List.of(Finding.critical("displeased", "not to my liking", ""));
            }

            @Override
            public boolean runsOnCopy() {
                return false;
            }
        };
    }
}
