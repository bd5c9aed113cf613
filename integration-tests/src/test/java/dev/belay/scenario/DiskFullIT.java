package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.run.RunListener;
import dev.belay.run.Step;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full leaves the database as it was or as it was to be; once there is room the next run does the rest. */
class DiskFullIT {
    private static final String ROOMS = "CREATE TABLE rooms (id int PRIMARY KEY, note text);"
            + " INSERT INTO rooms SELECT i, repeat('r', 500) FROM generate_series(1, 20000) i;";
    /** Enough for the server with a clinic's database, two copies of it, and what it writes ahead. */
    private static final String SIZE = "400m";

    /** Enough for what Belay writes, and not for the rooms. */
    private static final long SOME = 4 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private SmallDisk serversDisk;

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.add(one);
        return one;
    }

    private Scenario clinic() {
        return closing(new Scenario()).revision("a0000001", ROOMS, "DROP TABLE rooms;");
    }

    @Test
    void withoutRoomForTheReportTheChangeIsMadeAndSaidSo() throws IOException {
        Scenario scenario = clinic();
        SmallDisk disk = closing(SmallDisk.at(scenario.directory().resolve("reports"), "64k"));
        disk.fill(0);

        MigrationReport report = scenario.plan().build().upgrade();

        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.notes())
                .filteredOn(note -> note.contains("report"))
                .singleElement()
                .asString()
                .contains(disk.path().toString(), "space", "The database is");
        assertThat(disk.path().toFile().list()).isSubsetOf("ballast", "audit.log");
        scenario.assertNothingIsLeft();
        disk.free();
        assertThat(scenario.plan().build().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
    }

    @Test
    void withoutRoomForTheJournalBesideTheReportsTheRunIsRefused() throws IOException {
        Scenario scenario = clinic();
        SmallDisk disk = closing(SmallDisk.at(scenario.directory().resolve("reports"), "64k"));
        disk.fill(0);
        MigrationPlanBuilder plan =
                scenario.planWithoutBackup().skipBackup("a test").skipTestRun("a test");
        refused(scenario, plan.build(), disk);
        done(scenario, plan);
    }

    @Test
    void withoutRoomBesideTheBackupsTheRunIsRefused() throws IOException {
        Scenario scenario = clinic();
        SmallDisk disk = closing(SmallDisk.at(scenario.directory().resolve("backups"), "16m"));
        disk.fill(0);
        refused(scenario, scenario.plan().build(), disk);
        done(scenario, scenario.plan());
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"PREFLIGHT", "PROOF", "APPLY"})
    void withoutRoomForTheServerNothingIsChanged(Step step) throws IOException {
        Scenario scenario = clinicOnASmallDisk();
        scenario.revision("a0000001", ROOMS, "DROP TABLE rooms;");
        String before = scenario.dump();

        MigrationReport report = scenario.failure(scenario.plan()
                .listener(fillBefore(step, step == Step.APPLY ? SOME : 0))
                .build());

        assertThat(report.outcome())
                .as(report.toText())
                .isEqualTo(step == Step.APPLY ? Outcome.ROLLED_BACK : Outcome.REFUSED);
        assertThat(report.error().orElseThrow()).contains("space");
        assertThat(scenario.dump()).isEqualTo(before);
        done(scenario);
    }

    @Test
    void withoutRoomInTheMiddleOfAChangeThatIsCommittedInPartsItIsTakenBack() throws IOException {
        Scenario scenario = clinicOnASmallDisk();
        scenario.noTransaction(
                "a0000001",
                "CREATE TABLE rooms (id int PRIMARY KEY, note text);\n"
                        + "INSERT INTO rooms SELECT i, repeat('r', 500) FROM generate_series(1, 20000) i;",
                "DROP TABLE IF EXISTS rooms;");
        String before = scenario.dump();

        MigrationReport report = scenario.failure(
                scenario.plan().listener(fillBefore(Step.APPLY, SOME)).build());

        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.error().orElseThrow()).contains("space");
        assertThat(scenario.dump()).isEqualTo(before);
        done(scenario);
    }

    /** A server that can't write its log ahead stops; the run waits for it, and asks it what became of the change. */
    @Test
    void aServerThatStopsForWantOfRoomIsWaitedFor() throws Exception {
        Scenario scenario = clinicOnASmallDisk();
        scenario.revision(
                "a0000001",
                "CREATE TABLE rooms (id int PRIMARY KEY);\nDO $$ BEGIN IF current_database() = '" + scenario.name()
                        + "' THEN PERFORM pg_logical_emit_message(true, 'much', repeat('m', 1000000))"
                        + " FROM generate_series(1, 500); END IF; END $$;",
                "DROP TABLE rooms;");
        // after a crash a sequence goes on up to 32 values later: it is logged ahead (src/backend/commands/sequence.c)
        String before = scenario.dumpWithout("visits_id_seq");
        Thread person = new Thread(() -> makeRoomAndStart(scenario.server()), "person");

        MigrationReport report = scenario.failure(scenario.plan()
                .listener(Scenario.before(Step.APPLY, () -> {
                    serversDisk.fill(SOME);
                    person.start();
                }))
                .build());
        person.join();

        assertThat(stopped).as("the server stopped").isTrue();
        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(scenario.dumpWithout("visits_id_seq")).isEqualTo(before);
        scenario.assertNothingIsLeft();
    }

    private RunListener fillBefore(Step step, long left) {
        return Scenario.before(step, () -> serversDisk.fill(left));
    }

    private void makeRoomAndStart(PostgresServer server) {
        Path log = server.logFile().orElseThrow();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!stopped.get() && System.nanoTime() < end) {
                Scenario.sleep(50);
                stopped.set(Files.readString(log).contains("PANIC"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serversDisk.free();
        server.crash(); // what is left of it
        server.restart();
    }

    private Scenario clinicOnASmallDisk() {
        PostgresServer server = closing(PostgresServers.search().find());
        SmallDisk disk = SmallDisk.under(server, SIZE);
        serversDisk = disk;
        closing(() -> {
            server.close();
            disk.close();
        });
        Scenario scenario = closing(new Scenario(server));
        closing(disk::free);
        // several files to write ahead to, so that it is the tables that have no room
        for (int i = 0; i < 4; i++) {
            scenario.execute("CREATE TABLE of_no_use (); DROP TABLE of_no_use");
            scenario.execute("SELECT pg_switch_wal()");
        }
        scenario.execute("CHECKPOINT");
        return scenario;
    }

    private static void refused(Scenario scenario, MigrationPlan plan, SmallDisk disk) {
        String before = scenario.dump();
        MigrationReport report = scenario.failure(plan);
        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.REFUSED);
        assertThat(report.error().orElseThrow()).contains(disk.path().toString(), "space", "Nothing was changed");
        assertThat(scenario.dump()).isEqualTo(before);
        disk.free();
    }

    /** Nothing is left; and with room the next run does it. */
    private void done(Scenario scenario) {
        serversDisk.free();
        done(scenario, scenario.plan());
    }

    private static void done(Scenario scenario, MigrationPlanBuilder plan) {
        scenario.assertNothingIsLeft();
        assertThat(plan.build().upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(scenario.value("SELECT count(*) FROM rooms")).isEqualTo("20000");
        assertThat(scenario.value("SELECT count(*) FROM belay.journal")).isEqualTo("0");
        scenario.assertNothingIsLeft();
    }
}
