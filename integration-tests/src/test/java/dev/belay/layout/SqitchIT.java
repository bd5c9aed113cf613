package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.MigrationFailedException;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.report.Outcome;
import dev.belay.revision.Revision;
import dev.belay.revision.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sqitch itself and Belay, in turns. */
class SqitchIT {
    private static final int CHANGES = 120;

    @TempDir
    Path directory;

    private final List<String> databases = new ArrayList<>();
    private SqitchProject project;

    @BeforeAll
    static void needsSqitch() {
        assumeTrue(SqitchProject.isInstalled(), "Sqitch is not installed");
    }

    @BeforeEach
    void create() {
        project = new SqitchProject(directory, database());
    }

    private String database() {
        databases.add(SqitchProject.SERVER.createUniqueDatabase("sqitch"));
        return databases.get(databases.size() - 1);
    }

    @AfterEach
    void drop() {
        databases.forEach(SqitchProject.SERVER::dropDatabase);
    }

    /** With dependencies, a conflict, tags, a change that was reworked, variables, and an index built concurrently. */
    private void clinic() throws IOException {
        project.begin("%uri=HTTP://Example.COM:80/%7eclinic\n")
                .change("schema", "", "CREATE SCHEMA clinic;", "DROP SCHEMA clinic;")
                .change(
                        "tables/patients",
                        "schema",
                        "CREATE TABLE clinic.patients (id int PRIMARY KEY, name text);",
                        "DROP TABLE clinic.patients;")
                .change(
                        "names",
                        "tables/patients !grüße",
                        "\\set ON_ERROR_STOP on\nCREATE FUNCTION clinic.names() RETURNS text LANGUAGE sql AS $$ SELECT ':Owner' $$;\n"
                                + "CREATE TABLE clinic.:\"table_name\" (a text DEFAULT :'Owner');",
                        "DROP TABLE clinic.:\"table_name\";\nDROP FUNCTION clinic.names();")
                .line("@v1", "the first\\nrelease")
                .line("@v1.0-x", "");
        Files.move(directory.resolve("deploy/names.sql"), directory.resolve("deploy/names@v1.sql"));
        Files.move(directory.resolve("revert/names.sql"), directory.resolve("revert/names@v1.sql"));
        project.change(
                        "names",
                        "names@v1 schema",
                        "CREATE OR REPLACE FUNCTION clinic.names() RETURNS text LANGUAGE sql AS $$ SELECT '2' $$;",
                        "CREATE OR REPLACE FUNCTION clinic.names() RETURNS text LANGUAGE sql AS $$ SELECT ':Owner' $$;")
                .line("index", "")
                .file(
                        "deploy/index.sql",
                        "\\echo an index\nCREATE INDEX CONCURRENTLY patients_name\n  ON clinic.patients (name);\n")
                .file("revert/index.sql", "DROP INDEX CONCURRENTLY clinic.patients_name;")
                .change(
                        "grüße",
                        "@v1 clinic:tables/patients",
                        "CREATE VIEW clinic.greetings AS SELECT 'ä'::text AS a;",
                        "DROP VIEW clinic.greetings;")
                .file("verify/schema.sql", "SELECT 1/count(*) FROM pg_namespace WHERE nspname = 'clinic';")
                .file(
                        "verify/tables/patients.sql",
                        "BEGIN;\nSELECT id, name FROM clinic.patients WHERE false;\nINSERT INTO clinic.patients VALUES (1, 'x');\nROLLBACK;\n");
    }

    @Test
    void takesTurnsWithSqitch() throws Exception {
        clinic();
        project.sqitch("deploy", "--to", "tables/patients");

        assertThat(project.belay().status().applied()).extracting("id").containsExactly("schema", "tables/patients");
        assertThat(project.belay().upgrade(Target.of("+2")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(project.sqitch("status")).contains("names").contains("index").contains("grüße");
        assertThat(project.sqitch("deploy", "--to", "index"))
                .contains("+ index ..")
                .contains("ok")
                .doesNotContain("+ names");
        assertThat(project.belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        fine();
        assertThat(project.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);

        project.sqitch("revert", "-y", "--to", "index");
        assertThat(project.belay().downgrade(Target.of("names@v1")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(project.sqitch("revert", "-y", "--to", "schema"))
                .contains("- names @v1 @v1.0-x ..")
                .contains("- tables/patients");
        assertThat(project.belay().downgrade(Target.of("base")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(project.rows("SELECT count(*) FROM sqitch.changes")).containsExactly("0");
        project.sqitch("deploy");
        assertThat(project.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
    }

    private void fine() throws IOException {
        assertThat(project.sqitch("status")).contains("Nothing to deploy (up-to-date)");
        assertThat(project.sqitch("verify")).contains("Verify successful");
        assertThat(project.sqitch("check")).contains("Check successful");
    }

    @Test
    void writesTheRegistryAsSqitchDoes() throws Exception {
        clinic();
        SqitchProject other = project.with(database());
        other.sqitch("deploy", "--to", "names@v1");
        other.sqitch("revert", "-y", "--to", "schema");
        other.sqitch("deploy");
        other.sqitch("revert", "-y", "--to", "schema");
        other.sqitch("deploy", "--to", "index");

        project.belay().upgrade(Target.of("names@v1"));
        project.belay().downgrade(Target.of("schema"));
        project.belay().upgrade();
        project.belay().downgrade(Target.of("schema"));
        project.belay().upgrade(Target.of("index"));

        assertThat(project.registry()).isEqualTo(other.registry());
        project.line("@late", "");
        other.sqitch("deploy");
        project.belay().upgrade();
        assertThat(project.registry()).isEqualTo(other.registry()).contains("@late");
        assertThat(project.rows(SHAPE)).isEqualTo(other.rows(SHAPE)).hasSizeGreaterThan(100);
        fine();
    }

    private static final String SHAPE = """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'sqitch'::regnamespace
            UNION ALL
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), null, null, null
            FROM pg_constraint WHERE connamespace = 'sqitch'::regnamespace
            UNION ALL
            SELECT relname, null, null, null, null, obj_description(oid, 'pg_class') FROM pg_class
            WHERE relnamespace = 'sqitch'::regnamespace
            UNION ALL
            SELECT null, null, null, null, null, obj_description('sqitch'::regnamespace, 'pg_namespace')
            ORDER BY 1, 2, 3""";

    @Test
    void computesTheIdsAndHashesOfSqitch() throws Exception {
        project.begin(" %uri = https://example.com/ä?x=%7e # the place\n");
        for (int i = 0; i < CHANGES; i++) {
            awkward(i);
        }
        project.sqitch("deploy", "--log-only");

        List<Revision> revisions = Layouts.in(directory, Layouts.SQITCH).load();

        assertThat(revisions).hasSize(CHANGES);
        assertThat(project.rows("SELECT change_id, script_hash, note FROM sqitch.changes ORDER BY committed_at"))
                .isEqualTo(revisions.stream()
                        .map(each -> each.properties().get(SqitchProperties.ID) + "|"
                                + each.properties().get(Layout.CHECKSUM) + "|"
                                + each.properties().get(SqitchProperties.NOTE))
                        .toList());
        assertThat(project.rows("SELECT tag_id FROM sqitch.tags ORDER BY committed_at"))
                .isEqualTo(revisions.stream()
                        .filter(each -> each.properties().containsKey(SqitchProperties.tag(0, SqitchProperties.ID)))
                        .map(each -> each.properties().get(SqitchProperties.tag(0, SqitchProperties.ID)))
                        .toList())
                .hasSizeGreaterThan(20);
        assertThat(project.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
    }

    /** Names, notes and dependencies of all kinds; files with and without a byte order mark, ends of lines and what is not ASCII. */
    private void awkward(int i) throws IOException {
        String[] notes = {"", "# a \\\\ back\\nslash ", "\u00a0ümläut 漢字 😀\t", "0", "[x] <y> 2026-01-01T00:00:00Z", "#"
        };
        String[] planners = {"A", "Zoë  Ünal", "x.y (z)", "山田 太郎"};
        String[] ends = {"\n", "\r\n", " \n", "\t\r\n"};
        String name = (i % 2 == 0 ? "c" : "ü/ß_") + i + (i % 5 == 0 ? "~x" : "");
        String dependencies = i % 3 == 1
                ? " [c0~x clinic:" + (i == 1 ? "@t0" : "ü/ß_1") + "]"
                : i % 7 == 6 && i > 9 ? "\t[c0~x@t0  !c118]" : "";
        String last = i == CHANGES - 1 ? "" : ends[i % 4];
        project.raw((i % 4 == 1 ? " + " : "") + name + dependencies + " 2026-02-" + String.format("%02d", i % 28 + 1)
                + "T01:02:03Z " + planners[i % 4] + " <a" + i + "@ä.example>"
                + (notes[i % 6].isEmpty() ? "" : " #" + notes[i % 6]) + last);
        if (i % 5 == 0) {
            project.raw("@t" + i + " 2026-03-01T00:00:00Z " + planners[i % 3] + " <t@x> # tag " + notes[i % 6]
                    + "\n# a comment\n\n");
        }
        String text = (i % 3 == 0 ? "\uFEFF" : "") + "-- é 漢字" + ends[i % 2] + "SELECT " + i + ";"
                + (i % 5 == 0 ? "" : ends[i % 2]);
        Path file = directory.resolve("deploy").resolve(name + ".sql");
        Files.createDirectories(file.getParent());
        Files.write(file, (i == 11 ? "" : text).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sqitchWaitsForBelay() throws Exception {
        project.begin("")
                .change(
                        "held",
                        "",
                        "SELECT pg_advisory_xact_lock(4242);\nCREATE TABLE held (id int);",
                        "DROP TABLE held;");
        CompletableFuture<Outcome> belay;
        Process sqitch;
        try (Connection held = SqitchProject.SERVER.connect(project.name());
                Statement statement = held.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4242)");
            belay = CompletableFuture.supplyAsync(
                    () -> project.belay().upgrade().outcome());
            await("pg_advisory_xact_lock(4242)", () -> !belay.isDone());
            sqitch = project.command("deploy").redirectErrorStream(true).start();
            await("SELECT pg_advisory_lock(75474063)", sqitch::isAlive);
            assertThat(sqitch.isAlive()).isTrue();
            assertThat(belay).isNotDone();
        }
        assertThat(belay.get(120, TimeUnit.SECONDS)).isEqualTo(Outcome.APPLIED);
        String output = new String(sqitch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("Blocked by another instance of Sqitch");
        // it looked for what is deployed once it had the lock
        assertThat(output).contains("Nothing to deploy (up-to-date)");
        assertThat(project.rows("SELECT event FROM sqitch.events")).containsExactly("deploy");
    }

    @Test
    void belayWaitsForSqitch() throws Exception {
        project.begin("")
                .change(
                        "held",
                        "",
                        "SELECT pg_advisory_xact_lock(4242);\nCREATE TABLE held (id int);",
                        "DROP TABLE held;");
        CompletableFuture<Outcome> belay;
        Process sqitch;
        try (Connection held = SqitchProject.SERVER.connect(project.name());
                Statement statement = held.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4242)");
            sqitch = project.command("deploy").redirectErrorStream(true).start();
            await("pg_advisory_xact_lock(4242)", sqitch::isAlive);
            belay = CompletableFuture.supplyAsync(
                    () -> project.belay().upgrade().outcome());
            await("pg_catalog.pg_try_advisory_lock(75474063)", () -> !belay.isDone());
            assertThat(belay).isNotDone();
        }
        assertThat(new String(sqitch.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("ok");
        belay.get(120, TimeUnit.SECONDS);
        assertThat(project.rows("SELECT event FROM sqitch.events")).containsExactly("deploy");
        assertThat(project.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
    }

    /** A session that runs this. */
    private void await(String query, BooleanSupplier goesOn) throws Exception {
        while (project.rows("SELECT 1 FROM pg_stat_activity WHERE datname = '" + project.name() + "' AND query LIKE '%"
                        + query + "%' AND query NOT LIKE '%pg_stat_activity%'")
                .isEmpty()) {
            assertThat(goesOn.getAsBoolean()).as("what is waited for goes on").isTrue();
            Thread.sleep(20);
        }
    }

    @Test
    void provesTheWayBack() throws Exception {
        clinic();

        assertThat(Prover.of(Layouts.in(directory, Layouts.SQITCH), project.database())
                        .prove())
                .hasSize(6)
                .allMatch(RevisionProof::isReversible);
    }

    @Test
    void getsBackFromAChangeThatFails() throws Exception {
        clinic();
        project.sqitch("deploy", "--to", "schema");
        String before = project.registry();
        project.change("bad", "", "CREATE TABLE bad (id int);\nSELECT 1/0;", "");

        assertThatThrownBy(() -> project.belay().upgrade()).isInstanceOf(MigrationFailedException.class);

        assertThat(project.registry()).contains("schema").doesNotContain("|bad|");
        assertThat(project.rows("SELECT to_regclass('bad') IS NULL")).containsExactly("t");
        assertThat(before).contains("schema");
        project.sqitch("status");
    }

    @Test
    void getsBackWhenAVerifyScriptFails() throws Exception {
        project.begin("").change("a", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        project.file("verify/a.sql", "BEGIN;\nSELECT id FROM a WHERE false;\nSELECT wrong FROM a;\nROLLBACK;\n");

        assertThatThrownBy(() -> project.belay().upgrade())
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("the check of revision a failed at ")
                .hasMessageContaining("verify/a.sql:3");

        assertThat(project.rows("SELECT to_regclass('a') IS NULL")).containsExactly("t");
        assertThat(project.belay().status().applied()).isEmpty();
    }

    @Test
    void refusesWhatSqitchWouldNotGoOnFrom() throws Exception {
        clinic();
        project.sqitch("deploy", "--to", "schema");
        project.file("deploy/schema.sql", "BEGIN;\nCREATE SCHEMA clinic;\n-- edited\nCOMMIT;\n");
        assertThatThrownBy(() -> project.belay().upgrade())
                .hasMessageContaining("Revision schema was changed after it was applied");
        project.belay().stamp(Target.of("schema"));
        assertThat(project.sqitch("check")).contains("Check successful");
        Files.writeString(
                directory.resolve("sqitch.plan"),
                Files.readString(directory.resolve("sqitch.plan")).replace("adds schema", "edited"));
        assertThatThrownBy(() -> project.belay().upgrade())
                .hasMessageContaining("Revision schema@")
                .hasMessageContaining("is applied in the database");
        project.rows("UPDATE sqitch.releases SET version = 1.0");
        assertThatThrownBy(() -> project.belay().upgrade())
                .hasMessageContaining("has version 1")
                .hasMessageContaining("sqitch upgrade");
    }
}
