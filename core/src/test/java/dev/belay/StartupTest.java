package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Revisions;
import dev.belay.startup.BudgetExceededException;
import dev.belay.startup.Startup;
import dev.belay.startup.Startup.Choice;
import dev.belay.startup.StartupHealth;
import dev.belay.startup.StartupHealth.State;
import dev.belay.startup.StartupProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The budget of an application's start, and what its probes are told. */
class StartupTest {
    private static final Startup MINUTE = Startup.within(Duration.ofMinutes(1));

    private final FakePlatform server = new FakePlatform();
    private final List<State> told = new CopyOnWriteArrayList<>();

    private MigrationPlanBuilder plan() {
        return MigrationPlan.builder().database(server).revisions(Revisions.of());
    }

    private MigrationFailedException refused(MigrationPlanBuilder plan, Startup startup) {
        return catchThrowableOfType(
                MigrationFailedException.class, () -> plan.build().upgradeAtStartup(startup));
    }

    private Startup telling(Startup startup) {
        return startup.health(health -> told.add(health.state()));
    }

    @Test
    void appliesWhatFits() {
        server.takes = Duration.ofSeconds(59);
        MigrationReport report = plan().build().upgradeAtStartup(telling(MINUTE));
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(told).startsWith(State.WAITING, State.MIGRATING).endsWith(State.MIGRATING, State.READY);
    }

    @Test
    void isReadyAtOnceWhereNothingIsPending() {
        server.applied("clinic").add("one");
        assertThat(plan().build().upgradeAtStartup(telling(MINUTE)).outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(told).containsExactly(State.WAITING, State.READY);
    }

    @Test
    void refusesWhatTookLongerOnTheCopy() {
        server.takes = Duration.ofSeconds(61);
        StartupProbe probe = new StartupProbe();
        MigrationFailedException refusal = refused(plan(), MINUTE.health(probe));
        assertThat(refusal).hasMessageContainingAll("one", "61000 ms", "60000 ms", "as it was before");
        assertThat(refusal).hasCauseInstanceOf(BudgetExceededException.class);
        assertThat(refusal.report().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(server.applied("clinic")).isEmpty();
        assertThat(server.log).contains("unlock");
        assertThat(probe.now().state()).isEqualTo(State.REFUSED);
        assertThat(probe.now().isReady()).isFalse();
    }

    @Test
    void waitsForOthersToDoWhatTakesLonger() {
        server.takes = Duration.ofSeconds(61);
        MigrationReport report = plan().build()
                .upgradeAtStartup(MINUTE.orElse(Choice.LEAVE_TO_OTHERS).health(this::anotherProcessDoesIt));
        assertThat(report.outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(server.log).doesNotContain("UP on clinic");
    }

    private void anotherProcessDoesIt(StartupHealth health) {
        if (health.state() == State.WAITING && health.detail().contains("another process")) {
            assertThat(server.log).contains("unlock");
            server.applied("clinic").add("one");
        }
    }

    @Test
    void endsWhenNobodyElseDoesIt() {
        server.takes = Duration.ofSeconds(61);
        MigrationFailedException refusal =
                refused(plan().timeout(Duration.ofSeconds(2)), MINUTE.orElse(Choice.LEAVE_TO_OTHERS));
        assertThat(refusal).hasCauseInstanceOf(BudgetExceededException.class);
        assertThat(server.applied("clinic")).isEmpty();
    }

    @Test
    void doesAsConfiguredWhereTheLengthIsNotKnown() {
        MigrationFailedException refusal = refused(plan().skipTestRun("none here"), MINUTE);
        assertThat(refusal).hasMessageContainingAll("not known", "no test run");

        MigrationReport report =
                plan().skipTestRun("none here").build().upgradeAtStartup(MINUTE.withoutTestRun(Choice.APPLY));
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("not known"));
    }

    @Test
    void aCallbackThatFailsChangesNothing() {
        MigrationReport report = plan().build().upgradeAtStartup(MINUTE.health(health -> {
            throw new IllegalStateException("the endpoint is gone");
        }));
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void refusesABudgetThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Startup.within(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> MINUTE.orElse(Choice.APPLY));
    }
}
