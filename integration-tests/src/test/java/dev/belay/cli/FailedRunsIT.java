package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that don't end well: the exit code, the words, and the database afterwards. */
class FailedRunsIT {
    @TempDir
    Path directory;

    private final ClinicDatabase clinic = new ClinicDatabase();
    private Belay belay = new Belay(Path.of("."));

    @BeforeEach
    void prepare() {
        belay = new Belay(directory).with("DATABASE_URL", clinic.url());
    }

    @AfterEach
    void dropTheDatabases() {
        clinic.close();
    }

    @Test
    void isStoppedByItsTestRun() {
        requireEmails();

        Belay.Result result = belay.run("upgrade", "--json").exits(1);

        JsonObject report = result.json().getAsJsonObject();
        assertThat(report.get("outcome").getAsString()).isEqualTo("refused");
        assertThat(report.get("error").getAsString()).isNotBlank();
        assertThat(result.err())
                .contains("refused")
                .contains("Nothing was changed")
                .doesNotContain("\tat ");
        assertThat(clinic.besides()).isEmpty();
        assertThat(clinic.sessions()).isEmpty();
    }

    @Test
    void isStoppedByItsTestRunAlsoWithoutABackup() {
        requireEmails();

        JsonObject report = belay.run("upgrade", "--json", "--skip-backup", "the storage has snapshots")
                .exits(1)
                .json()
                .getAsJsonObject();

        assertThat(report.get("outcome").getAsString()).isEqualTo("refused");
        assertThat(report.get("error").getAsString()).contains("null values");
        assertThat(report.has("backup")).isFalse();
        assertThat(clinic.besides()).isEmpty();
    }

    @Test
    void isRolledBackInItsTransaction() {
        requireEmails();

        JsonObject report = belay.run("upgrade", "--json", "--skip-test", "to see the transaction")
                .exits(1)
                .json()
                .getAsJsonObject();

        assertThat(report.get("outcome").getAsString()).isEqualTo("rolled-back");
        assertThat(report.get("rollback").getAsJsonObject().get("method").getAsString())
                .isEqualTo("transaction");
        assertThat(report.get("steps").toString()).contains("to see the transaction");
    }

    @Test
    void isRolledBackWhenACheckFailsBeforeTheCommit() {
        belay.revision(
                "aaaa0001",
                "",
                "ALTER TABLE patients ADD COLUMN phone text;",
                "ALTER TABLE patients DROP COLUMN phone;");

        belay.run("upgrade", "--skip-test", "to reach production", "--check", "SELECT count(*) = 101 FROM patients")
                .exits(1);

        assertThat(clinic.columns()).doesNotContain("phone");
    }

    @Test
    void isRestoredWhenThereIsNoOtherWayBack() {
        stopHalfway();

        Belay.Result result = belay.run("upgrade", "--json", "--skip-test", "to reach production")
                .exits(1);

        JsonObject report = result.json().getAsJsonObject();
        assertThat(report.get("outcome").getAsString()).isEqualTo("restored");
        assertThat(clinic.columns()).doesNotContain("phone");
        assertThat(clinic.besides())
                .containsExactly(report.get("rollback")
                        .getAsJsonObject()
                        .get("keptDatabase")
                        .getAsString());
        assertThat(result.err()).contains("kept as " + clinic.name() + "_failed_");
    }

    @Test
    void needsAPersonWhenNoWayBackIsLeft() {
        stopHalfway();

        Belay.Result result = belay.run("upgrade", "--skip-test", "to reach production", "--rollback", "none")
                .exits(3);

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("needs a person").contains("backups").contains("belay restore ");
        String restore = result.err()
                .lines()
                .filter(line -> line.contains("belay restore "))
                .findFirst()
                .orElseThrow();
        belay.run(
                        "restore",
                        restore.substring(restore.indexOf("belay restore ") + 14)
                                .strip())
                .exits(0);
        assertThat(clinic.columns()).doesNotContain("phone");
    }

    @Test
    void refusesWithoutABackupThatItCannotTake() {
        belay.revision("aaaa0001", "", "SELECT 1;", "SELECT 1;");
        belay.file("in-the-way", "");

        JsonObject report = belay.run("upgrade", "--json", "--backup-dir", "in-the-way", "--force", "it must not help")
                .exits(1)
                .json()
                .getAsJsonObject();

        assertThat(report.get("outcome").getAsString()).isEqualTo("refused");
    }

    /** Half of the patients have no e-mail address. */
    private void requireEmails() {
        belay.revision(
                "aaaa0001",
                "",
                "ALTER TABLE patients ALTER COLUMN email SET NOT NULL;",
                "ALTER TABLE patients ALTER COLUMN email DROP NOT NULL;");
    }

    private void stopHalfway() {
        belay.file("db/revisions/20260101_0000_aaaa0001_halfway.sql", """
                -- belay:revision aaaa0001
                -- belay:upgrade no-transaction
                ALTER TABLE patients ADD COLUMN phone text;
                ALTER TABLE patients ALTER COLUMN email SET NOT NULL;
                -- belay:irreversible it is a test
                """);
    }
}
