package dev.belay.quickstart;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.backup.BackupStrategy;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.backup.TemplateCopy;
import dev.belay.postgres.tools.ClientProgramMissingException;
import dev.belay.postgres.tools.ClientPrograms;
import dev.belay.postgres.validation.ForeignKeys;
import dev.belay.postgres.validation.Health;
import dev.belay.postgres.validation.Rows;
import dev.belay.postgres.validation.Tables;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Revisions;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Four runs on a throwaway PostgreSQL with a few thousand rows: one that succeeds, one that its test run stops, one that is
 * rolled back by downgrade, one that is rolled back by restore.
 */
public final class Quickstart {
    private final Narrator narrator = new Narrator(System.out);
    private final PostgresServer server;
    private final Clinic clinic;
    private final URI health;
    private final Path directory;
    private final PostgresDatabase database;
    private final BackupStrategy backup;

    private Quickstart(PostgresServer server, Clinic clinic, URI health, Path directory) {
        this.server = server;
        this.clinic = clinic;
        this.health = health;
        this.directory = directory;
        this.database = PostgresDatabase.at(clinic.url(), server.user(), server.password());
        this.backup = backup();
    }

    /** Runs; the one argument is where reports and backups go. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : "target/quickstart")
                .toAbsolutePath();
        try (PostgresServer server = PostgresServers.find()) {
            Clinic clinic = Clinic.openedOn(server);
            try (Application application = Application.startedFor(clinic)) {
                new Quickstart(server, clinic, application.health(), directory).tell();
            } finally {
                server.dropDatabase(clinic.database());
            }
        }
    }

    private void tell() throws Exception {
        Map<String, Long> before = clinic.rows();
        narrator.title("A clinic on " + server);
        narrator.rows("Before", before);
        succeed();
        stoppedByItsTestRun();
        rolledBackByDowngrade();
        String kept = rolledBackByRestore();
        narrator.title("Nothing was lost");
        narrator.rows("Before the first run", before);
        narrator.rows("Now, in " + clinic.database(), clinic.rows());
        narrator.rows("In the kept database " + kept, clinic.rowsOf(kept));
        narrator.say("The one appointment more is the walk-in that was booked while the fourth revision was in.");
        narrator.say((backup instanceof TemplateCopy
                        ? "Reports and the audit log"
                        : "Reports, the audit log and the backups")
                + " are in " + directory);
        server.dropDatabase(kept);
        if (backup instanceof TemplateCopy) {
            backup.list(clinic.database()).forEach(copy -> server.dropDatabase(copy.id()));
        }
        if (!clinic.rows().equals(before)) {
            throw new IllegalStateException("rows were lost: this must not happen");
        }
    }

    private void succeed() {
        narrator.title("1. An upgrade that succeeds");
        narrator.say(
                "A column and a table. Belay takes a backup, proves it by restoring and comparing it, tries the revision on");
        narrator.say("the restored copy (up, down and up again), and only then applies it.");
        MigrationReport report =
                plan(Revisions.onClasspath("clinic/1-qualifications")).upgrade();
        expect(Outcome.APPLIED, report);
    }

    private void stoppedByItsTestRun() {
        narrator.title("2. An upgrade that its test run stops");
        narrator.say(
                "The revision demands an e-mail address of every patient. It works on a developer's empty tables; on the copy");
        narrator.say("of the real ones it fails. Production is never touched.");
        expect(Outcome.REFUSED, failing("clinic/2-email"));
    }

    private void rolledBackByDowngrade() {
        narrator.title("3. An upgrade that is rolled back by downgrade");
        narrator.say(
                "A column is renamed. The revision survives on the copy and is committed. But the application that is running");
        narrator.say("asks for the old name: its health endpoint fails, and Belay takes the revision back.");
        expect(Outcome.ROLLED_BACK, failing("clinic/3-rename"));
    }

    private String rolledBackByRestore() {
        narrator.title("4. An upgrade that is rolled back by restore");
        narrator.say(
                "Appointments may now be without a patient. The application books such a walk-in at once, and then fails on it.");
        narrator.say(
                "The downgrade that worked on the copy can't work any more: there is a row in its way. So Belay restores the");
        narrator.say(
                "backup beside, validates it and swaps the two by rename. The failed database, with the walk-in, is kept.");
        MigrationReport report = failing("clinic/4-walk-ins");
        expect(Outcome.RESTORED, report);
        return report.rollback().orElseThrow().keptDatabase().orElseThrow();
    }

    private MigrationReport failing(String next) {
        try {
            return plan(Revisions.onClasspath("clinic/1-qualifications").and(Revisions.onClasspath(next)))
                    .upgrade();
        } catch (MigrationFailedException e) {
            return e.report();
        }
    }

    private MigrationPlan plan(Revisions revisions) {
        // tag::plan[]
        return MigrationPlan.builder()
                .database(database)
                .revisions(revisions)
                .backup(backup)
                .validate(
                        ForeignKeys.hold(),
                        Tables.exist("users", "patients", "appointments"),
                        Rows.unchangedIn("users", "patients"),
                        Health.answers(health, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .reports(directory.resolve("reports"))
                .timeout(Duration.ofMinutes(2))
                .build();
        // end::plan[]
    }

    /** By pg_dump, as it should be; where there is none, inside the server. */
    private BackupStrategy backup() {
        try {
            ClientPrograms.installed().find("pg_dump", server.majorVersion());
            return PgDump.into(directory.resolve("backups"));
        } catch (ClientProgramMissingException e) {
            narrator.say(
                    "(There is no pg_dump for PostgreSQL " + server.majorVersion() + " here, so the backups are copies"
                            + " inside the server. Debian: apt-get install postgresql-client)");
            return TemplateCopy.beside(database);
        }
    }

    private void expect(Outcome expected, MigrationReport report) {
        narrator.report(report);
        if (report.outcome() != expected) {
            throw new IllegalStateException("this run should have ended as " + expected.label());
        }
    }
}
