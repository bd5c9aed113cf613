package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.belay.cli.Belay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are wrong, that are set in the middle of a run, and that go in other zones: nothing depends on them. */
class ClockIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Waits, in the database alone and not in its copies, until the test has made a table. */
    private static final String GATE = """
            DO $$ BEGIN
              WHILE current_database() = '%s' AND NOT EXISTS (SELECT FROM pg_class WHERE relname = 'gate') LOOP
                PERFORM pg_sleep(0.05);
              END LOOP;
            END $$;
            """;

    private static final Optional<Path> FAKETIME = faketime();

    private final Scenario scenario = new Scenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void zonesOfTheServerAndOfTheProgramsChangeNothing() {
        String before = scenario.dump();
        Instant begin = Instant.now().minusSeconds(5);
        scenario.execute("ALTER DATABASE " + scenario.name() + " SET timezone = 'Pacific/Kiritimati'");
        rooms().revision("a0000002", "ALTER TABLE rooms ADD note text;", "ALTER TABLE rooms DROP note;");

        inZone("America/St_Johns").start(arguments("upgrade", "+1")).join().exits(0);
        inZone("Asia/Kathmandu").start(arguments("upgrade")).join().exits(0);
        Belay west = inZone("Pacific/Pago_Pago");
        List<Instant> taken =
                times(west.start(arguments("backups", "--json")).join().exits(0), "takenAt");
        List<Instant> applied =
                times(west.start(arguments("history", "--json")).join().exits(0), "appliedAt");
        inZone("Europe/Berlin").start(arguments("downgrade", "base")).join().exits(0);

        assertThat(taken).hasSize(2).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(applied).hasSize(2).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(Stream.concat(taken.stream(), applied.stream()))
                .allSatisfy(time -> assertThat(time).isBetween(begin, Instant.now()));
        scenario.execute("ALTER DATABASE " + scenario.name() + " RESET timezone");
        assertThat(scenario.dump()).isEqualTo(before);
        nothingIsLeft();
    }

    @Test
    void aClockThatIsWrongInEachRunInAnotherWayChangesNothing() {
        rooms().revision("a0000002", "ALTER TABLE rooms ADD note text;", "ALTER TABLE rooms DROP note;")
                .revision("a0000003", "CREATE INDEX rooms_note ON rooms (note);", "DROP INDEX rooms_note;");
        String before = scenario.dump();

        withClock("+0").start(arguments("upgrade", "+1")).join().exits(0);
        // a backup older than thirty days would go
        withClock("+400d").start(arguments("upgrade", "+1")).join().exits(0);
        withClock("-400d").start(arguments("upgrade", "+1")).join().exits(0);

        assertThat(scenario.value("SELECT string_agg(revision, ' ' ORDER BY seq) FROM belay.history"))
                .isEqualTo("a0000001 a0000002 a0000003");
        assertThat(scenario.value("SELECT count(DISTINCT run_id) FROM belay.history"))
                .isEqualTo("3");
        assertThat(times(
                        withClock("+400d").start(arguments("backups", "--json")).join(), "takenAt"))
                .as("backups are as old as the server says")
                .hasSize(3);
        withClock("-400d").start(arguments("downgrade", "base")).join().exits(0);
        assertThat(scenario.dump()).isEqualTo(before);
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+400d", "-400d"})
    void aClockThatIsSetInTheMiddleOfARunChangesNothing(String jump) throws IOException {
        rooms().noTransaction("a0000002", GATE.formatted(scenario.name()), "SELECT 1;");
        Path time = Files.writeString(scenario.directory().resolve("time"), "+0");
        Belay.Running running = withClock("+0")
                .with("FAKETIME_TIMESTAMP_FILE", time.toString())
                .with("FAKETIME_NO_CACHE", "1")
                .start(arguments("upgrade", "--json"));
        awaitGate(running);
        Files.writeString(time, jump);
        scenario.execute("CREATE TABLE gate ()");

        Belay.Result result = running.join().exits(0);

        JsonObject report = result.json().getAsJsonObject();
        assertThat(report.get("outcome").getAsString()).isEqualTo("applied");
        String id = report.get("runId").getAsString();
        Path text = scenario.directory().resolve("reports/report-" + id + ".txt");
        assertThat(Files.readString(text)).doesNotContainPattern("-[0-9]+\\.[0-9]+ s|[0-9]{4,}\\.[0-9]+ s");
        assertThat(scenario.value("SELECT max(at) - min(at) < interval '10 min' FROM belay.audit"))
                .as("the audit trail's times are a run's own")
                .isEqualTo("t");
        nothingIsLeft();
    }

    @Test
    void anInterruptedRunFromTheFutureIsMadeGood() throws Exception {
        rooms().noTransaction(
                        "a0000002",
                        GATE.formatted(scenario.name()) + "CREATE TABLE beds (id int);",
                        "DROP TABLE beds;");
        Belay.Running running = withClock("+400d").start(arguments("upgrade"));
        String pid = awaitGate(running);
        running.signal("KILL");
        running.join().exits(137);
        scenario.value("postgres", "SELECT pg_terminate_backend(" + pid + ", 60000)");
        scenario.execute("CREATE TABLE gate ()");

        assertThat(withClock("-400d").start(arguments("status")).join().exits(0).out())
                .contains("interrupted");
        withClock("-400d").start(arguments("upgrade")).join().exits(0);

        assertThat(scenario.value("SELECT to_regclass('beds') IS NOT NULL")).isEqualTo("t");
        assertThat(scenario.value("SELECT string_agg(revision, ' ' ORDER BY seq) FROM belay.history"))
                .isEqualTo("a0000001 a0000002");
        nothingIsLeft();
    }

    /** The holder's clock is of last century, the waiter's of next year: it lives as long as it counts. */
    @Test
    void aLeaseIsHeldAsLongAsItsHolderCounts() throws Exception {
        rooms();
        withClock("+0").start(arguments("upgrade")).join().exits(0);
        scenario.revision("a0000002", "ALTER TABLE rooms ADD note text;", "ALTER TABLE rooms DROP note;");
        scenario.execute("UPDATE belay.lease SET held = true, beating = true, beat = 0, holder = 'the old clock',"
                + " since = '1999-01-01', beat_at = '1999-01-01'");
        AtomicBoolean released = new AtomicBoolean();
        Thread holder = new Thread(() -> count(released), "holder");
        holder.start();
        Belay.Running waiting = withClock("+400d").start(arguments("upgrade"));
        await("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name LIKE 'belay run%')", waiting);
        // longer than the silence after which a holder is taken for dead
        assertThat(waiting.endsWithin(Duration.ofSeconds(18))).isFalse();
        released.set(true);
        holder.join();

        assertThat(waiting.join().exits(0).err()).contains("the old clock").doesNotContain("taken for dead");
        nothingIsLeft();
    }

    private void count(AtomicBoolean released) {
        while (!released.get()) {
            scenario.execute("UPDATE belay.lease SET beat = beat + 1 WHERE held AND beating");
            Scenario.sleep(500);
        }
        scenario.execute("UPDATE belay.lease SET held = false");
    }

    private Scenario rooms() {
        return scenario.revision("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
    }

    private void nothingIsLeft() {
        scenario.assertNothingIsLeft();
        assertThat(scenario.value("SELECT count(*) FROM belay.journal")).isEqualTo("0");
        assertThat(scenario.directory().resolve("backups").toFile().list())
                .noneMatch(name -> name.endsWith(".journal") || name.endsWith(".partial"));
    }

    private String awaitGate(Belay.Running running) {
        String sleeper = "FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = '" + scenario.name() + "'";
        await("SELECT EXISTS (SELECT " + sleeper + ")", running);
        return scenario.value("postgres", "SELECT min(pid) " + sleeper);
    }

    private void await(String condition, Belay.Running running) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!scenario.value("postgres", condition).equals("t")) {
            assertThat(running.isRunning() && System.nanoTime() < end)
                    .as("%s, before the run ends", condition)
                    .isTrue();
            Scenario.sleep(20);
        }
    }

    private static List<Instant> times(Belay.Result result, String key) {
        return StreamSupport.stream(result.exits(0).json().getAsJsonArray().spliterator(), false)
                .map(each -> Instant.parse(each.getAsJsonObject().get(key).getAsString()))
                .toList();
    }

    private Belay inZone(String zone) {
        return cli().with("TZ", zone).with("PGTZ", zone);
    }

    /** A clock that is wrong by so much, of the program and of all that it starts; the steady clock stays steady. */
    private Belay withClock(String offset) {
        return cli().with("LD_PRELOAD", library().toString())
                .with("FAKETIME", offset)
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("DONT_FAKE_MONOTONIC", "1")
                // else waits by the steady clock become busy loops, as libfaketime converts what it shouldn't
                .with("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    private Belay cli() {
        return new Belay(scenario.directory())
                .with("DATABASE_URL", scenario.server().libpqUrl(scenario.name()));
    }

    private String[] arguments(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        for (String each : List.of("revisions", "backups", "reports")) {
            String option = each.equals("revisions") ? each : each.replaceAll("s$", "") + "-dir";
            all.add("--" + option);
            all.add(scenario.directory().resolve(each).toString());
        }
        return all.toArray(String[]::new);
    }

    private static Path library() {
        assumeTrue(FAKETIME.isPresent(), "skipped: libfaketime is not installed: apt-get install faketime");
        return FAKETIME.orElseThrow();
    }

    private static Optional<Path> faketime() {
        try (Stream<Path> libraries = Files.walk(Path.of("/usr/lib"), 3)) {
            return libraries
                    .filter(file -> file.endsWith("faketime/libfaketimeMT.so.1"))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
