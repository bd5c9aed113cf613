package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.cli.Belay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run is killed by kill -9 in the middle; the next one finds out what became of it, and finishes or undoes it. */
class RecoveryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Sleeps as long as the database's settings say, which copies of it have too. */
    private static final String NAP = "coalesce(current_setting('nap.seconds', true), '0')::float";

    private final Scenario scenario = new Scenario();

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void nothingLeftBehindIsNothingToDo() {
        scenario.revision("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");

        assertThat(start("recover").join().exits(0).out()).contains("nothing was left half done");
        assertThat(scenario.value("SELECT to_regclass('rooms') IS NULL")).isEqualTo("t");
    }

    @Test
    void aChangeThatWasCommittedIsValidatedAndKept() throws Exception {
        scenario.noTransaction("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
        nap(60);
        killWhileAsleep(
                start("upgrade", "--env", "development", "--check", "SELECT pg_sleep(" + NAP + ") IS NOT NULL"));
        assertThat(status()).contains("interrupted", "the change is being applied");

        assertThat(start("recover", "--env", "development").join().exits(0).out())
                .contains("is finished");

        assertThat(status()).doesNotContain("interrupted");
        assertThat(scenario.value("SELECT to_regclass('rooms') IS NOT NULL")).isEqualTo("t");
        assertNothingIsLeft();
    }

    @Test
    void aChangeThatWasCommittedAndIsWrongIsTakenBack() throws Exception {
        String before = scenario.dump();
        scenario.noTransaction("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
        nap(60);
        String check = "SELECT pg_sleep(" + NAP + ") IS NULL";
        killWhileAsleep(start("upgrade", "--env", "development", "--check", check));
        nap(0);

        assertThat(start("recover", "--env", "development", "--check", check)
                        .join()
                        .exits(0)
                        .out())
                .contains("is undone");

        assertThat(scenario.dump()).isEqualTo(before);
        assertNothingIsLeft();
    }

    @Test
    void aDowngradeOnTheWayBackGoesOnWhereItStopped() throws Exception {
        String before = scenario.dump();
        scenario.noTransaction(
                "a0000001",
                "CREATE TABLE rooms (id int PRIMARY KEY); CREATE TABLE beds (id int PRIMARY KEY);",
                "DROP TABLE beds; SELECT pg_sleep(" + NAP + "); DROP TABLE rooms;");
        nap(60);
        killWhileAsleep(start("upgrade", "--env", "development", "--check", "SELECT false"));
        assertThat(status()).contains("the change is being taken back");
        nap(0);

        Belay.Result next = start("upgrade", "--env", "development").join().exits(0);

        assertThat(next.err()).contains("It is undone");
        assertThat(scenario.value("SELECT to_regclass('rooms') IS NOT NULL")).isEqualTo("t");
        assertThat(start("downgrade", "base", "--env", "development")
                        .join()
                        .exits(0)
                        .out())
                .contains("Downgraded");
        assertThat(scenario.dump()).isEqualTo(before);
        assertNothingIsLeft();
    }

    @Test
    void aRestoreOnTheWayBackIsDoneAgain() throws Exception {
        slowToRestore();
        String before = scenario.dump();
        scenario.noTransaction("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
        nap(60);
        killWhileAsleep(start("upgrade", "--skip-test", "a test", "--rollback", "restore", "--check", "SELECT false"));
        assertThat(status()).contains("the backup is being restored beside", "backups/");
        assertThat(scenario.value("SELECT to_regclass('rooms') IS NOT NULL")).isEqualTo("t");
        nap(0);

        assertThat(start("recover", "--check", "SELECT true").join().exits(0).out())
                .contains("is at base");

        nap(0);
        assertThat(scenario.dump()).isEqualTo(before);
        assertNothingIsLeft();
    }

    @Test
    void aRestoreOnRequestThatWasKilledLeavesTheDatabase() throws Exception {
        slowToRestore();
        Belay.Result backup = start("backup").join().exits(0);
        assertThat(backup.out()).isNotEmpty();
        String before = scenario.dump();
        nap(60);
        killWhileAsleep(start("restore", backupId()));
        assertThat(status()).contains("interrupted", "the restore of backup");
        nap(0);

        assertThat(start("recover").join().exits(0).out()).contains("is at base");

        assertThat(scenario.dump()).isEqualTo(before);
        assertNothingIsLeft();
    }

    @Test
    void whoGoesOnWithAHalfChangeAndIsRejectedGoesBackToItsBeginning() throws Exception {
        String before = scenario.dump();
        scenario.revision("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;")
                .noTransaction(
                        "a0000002",
                        "CREATE TABLE beds (id int PRIMARY KEY); SELECT pg_sleep(" + NAP + ");",
                        "DROP TABLE beds;");
        nap(60);
        killWhileAsleep(start("upgrade", "--env", "development"));
        assertThat(scenario.value("SELECT to_regclass('beds') IS NOT NULL")).isEqualTo("t");
        nap(0);

        start("upgrade", "--env", "development", "--check", "SELECT false")
                .join()
                .exits(1);

        assertThat(scenario.dump()).isEqualTo(before);
        assertNothingIsLeft();
    }

    @Test
    void eitherJournalAloneIsEnough() throws Exception {
        scenario.noTransaction(
                "a0000001",
                "CREATE TABLE rooms (id int PRIMARY KEY);",
                "SELECT pg_sleep(" + NAP + "); DROP TABLE rooms;");
        nap(60);
        killWhileAsleep(
                start("upgrade", "--skip-test", "a test", "--rollback", "downgrade", "--check", "SELECT false"));
        nap(0);
        scenario.execute("DROP TABLE belay.journal");
        assertThat(status()).contains("the change is being taken back");

        assertThat(start("recover").join().exits(0).out()).contains("is undone");

        assertThat(scenario.value("SELECT to_regclass('rooms') IS NULL")).isEqualTo("t");
        assertNothingIsLeft();
    }

    @Test
    void aStateThatCannotBeToldNeedsAPerson() throws Exception {
        scenario.noTransaction("a0000001", "CREATE TABLE rooms (id int PRIMARY KEY);", "DROP TABLE rooms;");
        nap(60);
        killWhileAsleep(
                start("upgrade", "--env", "development", "--check", "SELECT pg_sleep(" + NAP + ") IS NOT NULL"));
        scenario.execute("UPDATE belay.history SET revision = 'ffff0000'");

        Belay.Result result = start("recover", "--env", "development").join().exits(3);

        assertThat(result.err()).contains("can't be told", "ffff0000", "belay stamp");
        scenario.execute("UPDATE belay.history SET revision = 'a0000001'");
        start("stamp", "a0000001").join().exits(0);
        assertThat(start("upgrade", "--env", "development").join().exits(0).out())
                .contains("nothing to do");
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        scenario.assertNothingIsLeft();
        assertThat(scenario.value("SELECT count(*) FROM belay.journal")).isEqualTo("0");
        try (Stream<Path> files = Files.walk(scenario.directory())) {
            assertThat(files.filter(file -> file.toString().endsWith(".journal")))
                    .isEmpty();
        }
    }

    /** An index whose making takes a nap, in the copy that is swapped in alone. */
    private void slowToRestore() {
        scenario.execute("""
                CREATE FUNCTION public.slowly(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
                BEGIN
                  IF i = 1 AND current_database() LIKE '%%restored%%' THEN PERFORM pg_sleep(%s); END IF;
                  RETURN i;
                END $$;
                CREATE INDEX members_slowly ON members (public.slowly(id));
                """.formatted(NAP));
    }

    private String backupId() throws IOException {
        try (Stream<Path> files = Files.list(scenario.directory().resolve("backups"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.replaceAll("\\.json$", ""))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void nap(int seconds) {
        scenario.execute("ALTER DATABASE " + scenario.name() + " SET nap.seconds = '" + seconds + "'");
    }

    private void killWhileAsleep(Belay.Running running) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String pid = "";
        while (pid.isEmpty() && running.isRunning() && System.nanoTime() < end) {
            Scenario.sleep(20);
            pid = scenario.value(
                    "postgres",
                    "SELECT coalesce(min(pid)::text, '') FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname LIKE '"
                            + scenario.name() + "%'");
        }
        assertThat(pid).as("the session that sleeps").isNotEmpty();
        running.signal("KILL");
        running.join().exits(137);
        // nobody need wait for the server to find out by itself that its client is gone
        scenario.value("postgres", "SELECT pg_terminate_backend(" + pid + ", 60000)");
    }

    private String status() {
        return start("status").join().exits(0).out();
    }

    private Belay.Running start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--revisions",
                scenario.directory().resolve("revisions").toString(),
                "--backup-dir",
                scenario.directory().resolve("backups").toString(),
                "--report-dir",
                scenario.directory().resolve("reports").toString()));
        return new Belay(scenario.directory())
                .with("DATABASE_URL", scenario.server().libpqUrl(scenario.name()))
                .start(all.toArray(String[]::new));
    }
}
