package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.cli.Belay;
import dev.belay.postgres.validation.Query;
import dev.belay.report.MigrationReport;
import dev.belay.report.StepReport;
import dev.belay.rollback.RollbackStrategy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stop in the middle of each stage leaves the database as it was and nothing beside it; on the way back it stops nothing. */
class StagesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Scenario scenario = new Scenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptInTheMiddleOf(Stage stage) throws Exception {
        stage.prepare(scenario);
        String before = scenario.dump();
        MigrationPlan plan = plan(stage).build();
        Thread caller = Thread.currentThread();
        MigrationReport report;
        try (Connection blocker = blocker(stage)) {
            CompletableFuture<Boolean> stopper = CompletableFuture.supplyAsync(() -> {
                boolean reached = awaitHanging(stage, () -> true);
                Scenario.interrupt(caller);
                openTheGate(stage);
                return reached;
            });
            report = scenario.failure(plan);
            assertThat(Thread.interrupted())
                    .as("the interrupt flag is set again")
                    .isTrue();
            assertThat(stopper.join()).as("it hung where it should").isTrue();
        }
        assertUndone(stage, report, before, "interrupted");
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutInTheMiddleOf(Stage stage) throws Exception {
        stage.prepare(scenario);
        String before = scenario.dump();
        for (Duration timeout = Duration.ofSeconds(2); ; timeout = timeout.multipliedBy(2)) {
            MigrationPlan plan = plan(stage).timeout(timeout).build();
            long end = System.nanoTime() + timeout.toNanos();
            CompletableFuture<MigrationReport> run = new CompletableFuture<>();
            boolean reached;
            try (Connection blocker = blocker(stage)) {
                Thread runner = new Thread(() -> run.complete(failureOf(plan)), "runner");
                runner.start();
                reached = awaitHanging(stage, runner::isAlive);
                if (reached && stage.isWayBack()) {
                    awaitTime(end);
                    openTheGate(stage);
                }
                run.join();
            }
            // on a busy machine the time may be over before the stage is reached: then it gets more of it
            if (reached) {
                assertUndone(stage, run.join(), before, "timeout of " + timeout.toSeconds() + " s");
                return;
            }
            assertThat(timeout).as("the timeout that was too short").isLessThan(PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ctrlCInTheMiddleOf(Stage stage) throws Exception {
        stage.prepare(scenario);
        String before = scenario.dump();
        Belay.Result result;
        try (Connection blocker = blocker(stage)) {
            Belay.Running running = commandLine(stage);
            requireHanging(stage, running);
            running.signalGroup("INT");
            openTheGate(stage);
            result = running.join().exits(130);
        }
        assertUndone(stage, result.json().getAsJsonObject(), before);
    }

    @ParameterizedTest
    @EnumSource(names = {"BACKUP", "APPLY", "RESTORE"})
    void sigtermInTheMiddleOf(Stage stage) throws Exception {
        stage.prepare(scenario);
        String before = scenario.dump();
        Belay.Result result;
        try (Connection blocker = blocker(stage)) {
            Belay.Running running = commandLine(stage);
            requireHanging(stage, running);
            running.signal("TERM");
            openTheGate(stage);
            result = running.join().exits(130);
        }
        assertUndone(stage, result.json().getAsJsonObject(), before);
    }

    @Test
    void anInterruptEndsAStatementOfACheckOfTheUsersOwn() throws Exception {
        Stage.CHECK_OF_THE_COPY.prepare(scenario);
        String before = scenario.dump();
        MigrationPlan plan = scenario.plan()
                .validate(context -> {
                    try (Statement statement = context.connection().createStatement()) {
                        statement.execute("SELECT hang('%belay_test%')");
                    }
                    return List.of();
                })
                .build();
        Thread caller = Thread.currentThread();
        CompletableFuture<Boolean> stopper = CompletableFuture.supplyAsync(() -> {
            boolean reached = awaitHanging(Stage.CHECK_OF_THE_COPY, () -> true);
            Scenario.interrupt(caller);
            return reached;
        });
        MigrationReport report = scenario.failure(plan);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopper.join()).isTrue();
        assertUndone(Stage.CHECK_OF_THE_COPY, report, before, "interrupted");
    }

    private MigrationPlanBuilder plan(Stage stage) {
        MigrationPlanBuilder plan = scenario.plan().lockTimeout(Duration.ofHours(1));
        stage.check(scenario).ifPresent(sql -> plan.validate(Query.isTrue(sql)));
        return stage == Stage.RESTORE ? plan.rollback(RollbackStrategy.restore()) : plan;
    }

    private Belay.Running commandLine(Stage stage) {
        List<String> arguments = new ArrayList<>(List.of("upgrade", "--json", "--lock-timeout", "1h"));
        arguments.addAll(
                List.of("--revisions", scenario.directory().resolve("revisions").toString()));
        stage.check(scenario).ifPresent(sql -> arguments.addAll(List.of("--check", sql)));
        if (stage == Stage.RESTORE) {
            arguments.addAll(List.of("--rollback", "restore"));
        }
        return new Belay(scenario.directory())
                .with("DATABASE_URL", scenario.server().libpqUrl(scenario.name()))
                .start(arguments.toArray(String[]::new));
    }

    private static MigrationReport failureOf(MigrationPlan plan) {
        MigrationFailedException failure = catchThrowableOfType(MigrationFailedException.class, plan::upgrade);
        return failure.report();
    }

    /** The session that is in the way; closing it makes way. */
    private Connection blocker(Stage stage) throws SQLException {
        Connection connection = scenario.server().connect(scenario.name());
        connection.setAutoCommit(false);
        if (stage.lock().isPresent()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(stage.lock().get());
            }
        }
        return connection;
    }

    private boolean awaitHanging(Stage stage, BooleanSupplier running) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (running.getAsBoolean() && System.nanoTime() < end) {
            if (!stage.hangingIn(scenario).isEmpty()) {
                return true;
            }
            Scenario.sleep(20);
        }
        return false;
    }

    /** Where it isn't, what it does instead is shown: its threads, and its sessions. */
    private void requireHanging(Stage stage, Belay.Running running) throws IOException, InterruptedException {
        if (awaitHanging(stage, running::isRunning)) {
            return;
        }
        String sessions = scenario.value(
                "postgres",
                "SELECT string_agg(concat_ws(' ', pid, datname, state, wait_event_type, wait_event, left(query, 200)), E'\\n')"
                        + " FROM pg_stat_activity WHERE backend_type = 'client backend'");
        if (running.isRunning()) {
            running.signal("QUIT");
            running.endsWithin(Duration.ofSeconds(2));
            running.signal("KILL");
        }
        Belay.Result result = running.join();
        throw new AssertionError("it did not hang where it should; exit code " + result.code() + "\n" + sessions + "\n"
                + result.out() + "\n" + result.err());
    }

    private static void awaitTime(long end) {
        while (System.nanoTime() < end + Duration.ofMillis(500).toNanos()) {
            Scenario.sleep(50);
        }
    }

    private void openTheGate(Stage stage) {
        if (stage.isWayBack()) {
            List<String> waiting = stage.hangingIn(scenario);
            assertThat(waiting).as("the way back goes on").hasSize(1);
            scenario.execute("postgres", "SELECT pg_cancel_backend(" + waiting.get(0) + ")");
        }
    }

    private void assertUndone(Stage stage, MigrationReport report, String before, String why) {
        assertThat(report.outcome()).as(report.toText()).isEqualTo(stage.outcome());
        assertThat(report.steps())
                .as(report.toText())
                .filteredOn(step -> step.status() == StepReport.Status.FAILED)
                .extracting(StepReport::step)
                .containsExactly(stage.step());
        if (!stage.isWayBack()) {
            assertThat(report.error().orElseThrow()).contains(why);
        }
        assertAsBefore(before);
    }

    private void assertUndone(Stage stage, JsonObject report, String before) {
        List<String> failed = new ArrayList<>();
        for (JsonElement step : report.get("steps").getAsJsonArray()) {
            JsonObject object = step.getAsJsonObject();
            if (object.get("status").getAsString().equals("failed")) {
                failed.add(object.get("step").getAsString());
            }
        }
        assertThat(report.get("outcome").getAsString())
                .as(report.toString())
                .isEqualTo(stage.outcome().label());
        assertThat(failed).as(report.toString()).containsExactly(stage.step());
        assertAsBefore(before);
    }

    private void assertAsBefore(String before) {
        assertThat(scenario.dump()).isEqualTo(before);
        scenario.assertNothingIsLeft();
    }
}
