package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command, as a person would use it on a good day. */
class CommandLineIT {
    @TempDir
    Path directory;

    private final ClinicDatabase clinic = new ClinicDatabase();
    private Belay belay = new Belay(Path.of("."));

    @BeforeEach
    void writeTwoRevisions() {
        belay = new Belay(directory).with("DATABASE_URL", clinic.url());
        belay.revision(
                "aaaa0001",
                "",
                "ALTER TABLE patients ADD COLUMN phone text;",
                "ALTER TABLE patients DROP COLUMN phone;");
        belay.revision(
                "aaaa0002",
                "aaaa0001",
                "CREATE TABLE visits (id int PRIMARY KEY, patient_id int NOT NULL REFERENCES patients);",
                "DROP TABLE visits;");
    }

    @AfterEach
    void dropTheDatabases() {
        clinic.close();
    }

    @Test
    void upgradesWithTheWholePipelineAndThenHasNothingToDo() throws Exception {
        JsonObject first = belay.run("upgrade", "--json").exits(0).json().getAsJsonObject();

        assertThat(first.get("outcome").getAsString()).isEqualTo("applied");
        assertThat(first.get("from").getAsJsonArray()).isEmpty();
        assertThat(first.get("to").getAsJsonArray().get(0).getAsString()).isEqualTo("aaaa0002");
        JsonObject applied = first.get("applied").getAsJsonArray().get(0).getAsJsonObject();
        assertThat(applied.keySet()).containsExactlyInAnyOrder("revision", "direction", "seconds", "statements");
        assertThat(applied.get("direction").getAsString()).isEqualTo("up");
        JsonObject step = first.get("steps").getAsJsonArray().get(0).getAsJsonObject();
        assertThat(step.keySet()).contains("step", "status", "seconds");
        JsonObject backup = first.get("backup").getAsJsonObject();
        assertThat(backup.keySet()).containsExactlyInAnyOrder("path", "bytes", "seconds", "proof");
        assertThat(backup.get("proof").getAsString()).isEqualTo("compared");
        assertThat(Path.of(backup.get("path").getAsString())).exists().startsWith(directory.resolve("backups"));
        assertThat(first.has("error")).isFalse();
        assertThat(first.has("rollback")).isFalse();
        String runId = first.get("runId").getAsString();
        assertThat(Files.readString(directory.resolve("reports/report-" + runId + ".txt")))
                .contains("applied");
        assertThat(directory.resolve("reports/report-" + runId + ".json")).exists();
        assertThat(Files.readString(directory.resolve("reports/report-" + runId + ".html")))
                .contains("applied", "preflight");

        JsonObject second = belay.run("--json", "upgrade").exits(0).json().getAsJsonObject();
        assertThat(second.get("outcome").getAsString()).isEqualTo("up-to-date");
        assertThat(clinic.besides()).isEmpty();
        assertThat(clinic.sessions()).isEmpty();
    }

    @Test
    void readsFilesOfAnyAlphabetInTheLocaleOfCron() throws Exception {
        // by a shell: this Java may be in such a locale itself
        Process renamed = new ProcessBuilder(
                        "sh",
                        "-c",
                        "mv *_aaaa0002_*.sql \"20260101_0000_aaaa0002_$(printf 'gr\\303\\266\\303\\237e').sql\"")
                .directory(directory.resolve("db/revisions").toFile())
                .start();
        assertThat(renamed.waitFor()).isZero();
        belay.with("LC_ALL", "C");

        belay.run("upgrade", "--env", "development").exits(0);

        JsonObject second = belay.run("upgrade", "--env", "development", "--json")
                .exits(0)
                .json()
                .getAsJsonObject();
        assertThat(second.get("outcome").getAsString()).isEqualTo("up-to-date");
        assertThat(clinic.query("SELECT description FROM belay.history WHERE revision = 'aaaa0002'"))
                .containsExactly("gr\u00f6\u00dfe");
    }

    @Test
    void goesDownByCountedSteps() {
        belay.run("upgrade", "--env", "development").exits(0);

        JsonObject report = belay.run("downgrade", "-1", "--env", "development", "--json")
                .exits(0)
                .json()
                .getAsJsonObject();

        assertThat(report.get("applied")
                        .getAsJsonArray()
                        .get(0)
                        .getAsJsonObject()
                        .get("direction")
                        .getAsString())
                .isEqualTo("down");
        assertThat(clinic.query("SELECT to_regclass('visits') IS NULL")).containsExactly("t");
        belay.run("downgrade", "base", "--env", "development").exits(0);
        assertThat(clinic.columns()).containsExactly("email", "id", "name");
    }

    @Test
    void showsWhereTheDatabaseIs() {
        belay.run("upgrade", "+1", "--env", "development", "-q").exits(0);

        JsonObject current = belay.run("current", "--json")
                .exits(0)
                .json()
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertThat(current.keySet()).containsExactly("revision", "description");
        assertThat(current.get("revision").getAsString()).isEqualTo("aaaa0001");
        JsonObject head = belay.run("heads", "--json")
                .exits(0)
                .json()
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertThat(head.get("revision").getAsString()).isEqualTo("aaaa0002");
        JsonArray history = belay.run("history", "--json").exits(0).json().getAsJsonArray();
        assertThat(history.get(0).getAsJsonObject().keySet())
                .containsExactly("revision", "description", "parents", "applied");
        assertThat(history.get(0).getAsJsonObject().get("revision").getAsString())
                .isEqualTo("aaaa0002");
        assertThat(history.get(1).getAsJsonObject().get("applied").getAsBoolean())
                .isTrue();
        assertThat(history.get(1).getAsJsonObject().has("appliedAt")).isTrue();
        assertThat(belay.run("current").exits(0).out()).contains("aaaa0001").doesNotContain("(head)");
        assertThat(belay.run("history").exits(0).out()).contains("*  aaaa0001");
        assertThat(belay.run("status").exits(0).out()).contains("1 pending", "aaaa0002");
        assertThat(belay.run("status", "--json")
                        .exits(0)
                        .json()
                        .getAsJsonObject()
                        .get("pending")
                        .getAsJsonArray())
                .hasSize(1);
    }

    @Test
    void writesTheSqlOfADryRunAndTouchesNothing() throws Exception {
        String sql = belay.run("upgrade", "--dry-run").exits(0).out();

        assertThat(sql).contains("ADD COLUMN phone").contains("CREATE TABLE visits");
        assertThat(clinic.query("SELECT to_regnamespace('belay') IS NULL")).containsExactly("t");
        assertThat(directory.resolve("backups")).doesNotExist();
        assertThat(directory.resolve("reports")).doesNotExist();
        belay.file("run.sql", sql);
        Path psql = clinic.server().programs().orElseThrow().resolve("psql");
        ProcessBuilder client = new ProcessBuilder(
                        psql.toString(),
                        "-X",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-d",
                        clinic.url(),
                        "-f",
                        directory.resolve("run.sql").toString())
                .inheritIO();
        assertThat(client.start().waitFor()).isZero();
        assertThat(belay.run("current", "--json").exits(0).json().getAsJsonArray())
                .hasSize(1);
    }

    @Test
    void validatesTheDatabaseAsItIs() {
        belay.run("stamp", "head").exits(0);

        assertThat(belay.run("validate", "--json")
                        .exits(0)
                        .json()
                        .getAsJsonObject()
                        .get("findings")
                        .getAsJsonArray())
                .isEmpty();
        JsonArray findings = belay.run(
                        "validate",
                        "--json",
                        "--require-table",
                        "visits",
                        "--check",
                        "SELECT false",
                        "--check-empty",
                        "SELECT 1")
                .exits(1)
                .json()
                .getAsJsonObject()
                .get("findings")
                .getAsJsonArray();
        assertThat(findings).hasSize(3);
        assertThat(findings.get(0).getAsJsonObject().get("severity").getAsString())
                .isEqualTo("critical");
    }

    @Test
    void stampsWithoutRunning() {
        JsonObject stamped =
                belay.run("stamp", "aaaa0001", "--json").exits(0).json().getAsJsonObject();

        assertThat(stamped.get("to").getAsJsonArray().get(0).getAsString()).isEqualTo("aaaa0001");
        assertThat(clinic.columns()).doesNotContain("phone");
    }

    @Test
    void writesNewRevisionsAndMergesWithoutADatabase() {
        Belay offline = new Belay(directory);
        String path = offline.run("new", "Add rooms").exits(0).out().strip();
        assertThat(directory.resolve(path)).content().contains("-- belay:parents aaaa0002", "Add rooms");
        offline.revision("aaaa0003", "aaaa0002", "SELECT 1;", "SELECT 1;");

        assertThat(offline.run("heads", "--json").exits(0).json().getAsJsonArray())
                .hasSize(2);
        JsonObject merge =
                offline.run("merge", "Both", "--json").exits(0).json().getAsJsonObject();
        assertThat(directory.resolve(merge.get("path").getAsString())).content().contains("aaaa0003");
        assertThat(offline.run("heads", "--json").exits(0).json().getAsJsonArray())
                .hasSize(1);
    }

    @Test
    void takesListsAndRestoresBackups() {
        JsonObject backup = belay.run("backup", "--json").exits(0).json().getAsJsonObject();
        assertThat(backup.get("proof").getAsString()).isEqualTo("compared");
        clinic.execute("DELETE FROM patients WHERE id > 50");

        JsonArray listed = belay.run("backups", "--json").exits(0).json().getAsJsonArray();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).getAsJsonObject().get("path")).isEqualTo(backup.get("path"));
        assertThat(belay.run("backups").exits(0).out()).contains("compared");
        JsonObject restored = belay.run("restore", backup.get("id").getAsString(), "--json")
                .exits(0)
                .json()
                .getAsJsonObject();

        assertThat(clinic.query("SELECT count(*) FROM patients")).containsExactly("100");
        assertThat(clinic.besides())
                .containsExactly(restored.get("rollback")
                        .getAsJsonObject()
                        .get("keptDatabase")
                        .getAsString());
    }
}
