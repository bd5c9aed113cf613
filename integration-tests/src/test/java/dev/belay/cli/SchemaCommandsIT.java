package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code snapshot}, {@code diff} and {@code prove}. */
class SchemaCommandsIT {
    @TempDir
    Path directory;

    private final ClinicDatabase clinic = new ClinicDatabase();
    private final ClinicDatabase other = new ClinicDatabase();
    private Belay belay = new Belay(Path.of("."));

    @BeforeEach
    void name() {
        belay = new Belay(directory).with("DATABASE_URL", clinic.url());
    }

    @AfterEach
    void drop() {
        clinic.close();
        other.close();
    }

    @Test
    void sameSchemaGivesTheSameBytesAndADiffNamesWhatDrifted() throws Exception {
        String here = belay.run("snapshot").exits(0).out();
        String there = belay.run("snapshot", "--url", other.url()).exits(0).out();
        assertThat(here).isEqualTo(there).contains("\"name\":\"public.patients\"");
        belay.run("snapshot", "--out", "schema.json").exits(0);
        assertThat(directory.resolve("schema.json")).content().isEqualTo(here);
        assertThat(belay.run("diff", "schema.json", other.url()).exits(0).out()).isEmpty();

        other.execute("ALTER TABLE patients ALTER COLUMN email SET DEFAULT '-'");
        JsonObject json = belay.run("diff", clinic.url(), other.url(), "--json")
                .exits(1)
                .json()
                .getAsJsonObject();
        assertThat(json.get("equal").getAsBoolean()).isFalse();
        assertThat(json.get("differences").getAsJsonArray()).hasSize(1);
        assertThat(json.get("differences").getAsJsonArray().get(0))
                .isEqualTo(JsonParser.parseString("{\"kind\":\"column\",\"object\":\"public.patients.email\","
                        + "\"change\":\"changed\",\"attribute\":\"default\",\"after\":\"'-'::text\"}"));
        assertThat(belay.run("diff", "schema.json", other.url()).exits(1).out())
                .isEqualTo("column public.patients.email: default is '-'::text (was: none)\n");
    }

    @Test
    void passesOverTheOrderOfColumnsWhenAskedTo() throws Exception {
        other.execute(
                "ALTER TABLE patients DROP COLUMN name; ALTER TABLE patients ADD COLUMN name text NOT NULL DEFAULT '';"
                        + " ALTER TABLE patients ALTER COLUMN name DROP DEFAULT");
        assertThat(belay.run("diff", clinic.url(), other.url()).exits(1).out()).contains("column order");
        belay.run("diff", clinic.url(), other.url(), "--ignore-column-order").exits(0);
    }

    @Test
    void refusesWhatIsNoSnapshot() throws Exception {
        Files.writeString(directory.resolve("broken.json"), "{\"objects\": 3}");
        assertThat(belay.run("diff", "broken.json", clinic.url()).exits(2).err())
                .contains("broken.json");
        assertThat(belay.run("diff", "nowhere.json", clinic.url()).exits(2).err())
                .contains("nowhere.json")
                .contains("neither a URL");
        assertThat(belay.run("snapshot", "--out", "no/such/folder.json")
                        .exits(2)
                        .err())
                .contains("folder.json");
    }

    @Test
    void provesRevisionsThatBuildOnWhatIsThere() throws Exception {
        belay.revision(
                "aaaa0001",
                "",
                "ALTER TABLE patients ADD COLUMN phone text;",
                "ALTER TABLE patients DROP COLUMN phone;");
        belay.revision("aaaa0002", "aaaa0001", "DROP TABLE patients;", "CREATE TABLE patients (id int PRIMARY KEY);");

        Belay.Result result = belay.run("prove", "--json").exits(1);

        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSize(2);
        JsonObject good = JsonParser.parseString(lines.get(0)).getAsJsonObject();
        assertThat(good.get("revision").getAsString()).isEqualTo("aaaa0001");
        assertThat(good.keySet())
                .containsExactlyInAnyOrder(
                        "revision", "up", "down", "schemaRestored", "rowsPreserved", "differences", "seconds");
        assertThat(good.get("schemaRestored").getAsString()).isEqualTo("yes");
        JsonObject bad = JsonParser.parseString(lines.get(1)).getAsJsonObject();
        assertThat(bad.get("down").getAsBoolean()).isTrue();
        assertThat(bad.get("schemaRestored").getAsString()).isEqualTo("no");
        assertThat(bad.get("differences").toString()).contains("public.patients.email");
        assertThat(belay.run("prove").exits(1).out())
                .contains("FAULT aaaa0002")
                .contains("re-creates table public.patients without its column public.patients.email");
        assertThat(clinic.besides()).isEmpty();
        assertThat(clinic.columns()).containsExactly("email", "id", "name");
    }
}
