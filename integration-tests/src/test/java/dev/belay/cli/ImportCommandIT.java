package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaves another tool, as a person would. */
class ImportCommandIT {
    @TempDir
    Path directory;

    private final ClinicDatabase clinic = new ClinicDatabase();
    private Belay belay = new Belay(Path.of("."));

    @BeforeEach
    void writeADirectoryOfDbmate() {
        belay = new Belay(directory).with("ENVIRONMENT", "development");
        for (int i = 1; i <= 3; i++) {
            belay.file(
                    "old/2026010100000" + i + "_step.sql",
                    "-- migrate:up\nCREATE TABLE t" + i + " (id int);\n-- migrate:down\nDROP TABLE t" + i + ";\n");
        }
    }

    @AfterEach
    void dropTheDatabases() {
        clinic.close();
    }

    @Test
    void importsWithoutADatabaseAndGoesOnFromWhereTheToolStopped() {
        Belay.Result imported = belay.run("import", "--revisions", "old", "--out", "db/revisions")
                .exits(0);
        assertThat(imported.out()).contains("20260101_0000_20260101000002_step.sql");
        assertThat(imported.err()).contains("belay stamp 20260101000003", "belay status --revisions old");
        assertThat(belay.run("heads").exits(0).out()).contains("20260101000003");

        Belay online = new Belay(directory).with("ENVIRONMENT", "development").with("DATABASE_URL", clinic.url());
        online.run("upgrade", "+2", "--revisions", "old").exits(0);
        assertThat(online.run("current", "--revisions", "old").exits(0).out()).contains("20260101000002");
        online.run("stamp", "20260101000002").exits(0);
        online.run("upgrade").exits(0);
        assertThat(clinic.query("SELECT to_regclass('t3') IS NOT NULL")).containsExactly("t");
        online.run("downgrade", "base").exits(0);
        assertThat(clinic.query("SELECT to_regclass('t1') IS NULL")).containsExactly("t");
    }

    @Test
    void tellsAsJson() {
        JsonObject json = belay.run("import", "--revisions", "old", "--out", "new", "--layout", "dbmate", "--json")
                .exits(0)
                .json()
                .getAsJsonObject();

        assertThat(json.keySet()).containsExactly("directory", "layout", "revisions", "heads", "notes");
        assertThat(json.get("revisions").getAsJsonArray()).hasSize(3);
        assertThat(directory.resolve(json.get("revisions")
                        .getAsJsonArray()
                        .get(0)
                        .getAsJsonObject()
                        .get("path")
                        .getAsString()))
                .exists();
    }

    @Test
    void refusesWhatItCannotKeep() {
        assertThat(belay.run("import", "--revisions", "old").exits(2).err()).contains("--out");
        assertThat(belay.run("import", "--revisions", "old", "--out", "old")
                        .exits(2)
                        .err())
                .contains("no empty directory");
        belay.file("old/20260101000004_bad.sql", "-- migrate:up\n\\connect other\n-- migrate:down\n");
        assertThat(belay.run("import", "--revisions", "old", "--out", "new")
                        .exits(2)
                        .err())
                .contains("20260101000004_bad.sql:2")
                .contains("Nothing was written");
        assertThat(directory.resolve("new")).doesNotExist();
        belay.revision("aaaa0001", "", "SELECT 1;", "SELECT 1;");
        assertThat(belay.run("import", "--out", "new").exits(2).err()).contains("Belay's layout already");
    }
}
