package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.postgres.layout.ImportedRevisions;
import dev.belay.postgres.layout.ImportedRevisions.ImportedRevision;
import dev.belay.postgres.layout.RevisionImport;
import dev.belay.prove.RevisionProof;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.Revisions;
import dev.belay.revision.UnwritableRevisionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories of other tools, imported: what they make is the same as through the tool's own layout. */
class ImportIT {
    @TempDir
    Path directory;

    private Path old;
    private Path out;

    static Stream<Tool> tools() {
        return Tool.all();
    }

    @BeforeEach
    void name() throws IOException {
        old = Files.createDirectory(directory.resolve("old"));
        out = directory.resolve("db").resolve("revisions");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(old.resolve(name).getParent());
        Files.writeString(old.resolve(name), text);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void isTheSameAsTheToolsOwn(Tool tool) throws Exception {
        tool.write(old);

        try (BothWays both = new BothWays(Layouts.in(old, tool.layout()), out)) {
            both.areTheSameFromEmpty().goOnFrom(1).goDown();
            assertThat(both.prove()).hasSize(3).allMatch(RevisionProof::isReversible);
            assertThat(both.imported().notes()).isEmpty();
        }
    }

    @Test
    void takesFlywaysPlaceholdersEncodingsAndRepeatableMigrations() throws Exception {
        write("flyway.conf", "flyway.placeholders.owner=clinic\n");
        write("V1__first.sql", "CREATE TABLE patients (id bigint PRIMARY KEY, name text);\n");
        write("U1__first.sql", "DROP TABLE patients;\n");
        write("sub/V1.2__second.sql", """
                COMMENT ON TABLE patients IS '${owner}s ${flyway:filename}';
                -- belay:downgrade is what this line is not
                INSERT INTO patients SELECT n, 'a;b' FROM generate_series(1, 9) n;
                COPY patients FROM stdin;
                10\tten
                \\.
                """);
        write("sub/V20260102030405__third.sql", "CREATE INDEX CONCURRENTLY patients_name ON patients (name)");
        write("V20260102030506__fourth.sql.conf", "encoding=ISO-8859-1\nexecuteInTransaction=false\n");
        Files.writeString(
                old.resolve("V20260102030506__fourth.sql"),
                "COMMENT ON COLUMN patients.name IS 'é';",
                StandardCharsets.ISO_8859_1);
        write("R__views.sql", "CREATE OR REPLACE VIEW names AS SELECT name FROM patients;\n");

        try (BothWays both = new BothWays(Layouts.in(old, Layouts.FLYWAY), out)) {
            both.areTheSameFromEmpty().goOnFrom(2).goOnFrom(5);
            assertThat(both.imported().revisions())
                    .extracting(ImportedRevision::revision)
                    .startsWith("0001", "v1p2", "20260102030405", "20260102030506")
                    .last()
                    .asString()
                    .startsWith("rviews");
            assertThat(both.imported().revisions())
                    .extracting(each -> each.file().getFileName().toString())
                    .startsWith(
                            "20000101_0000_0001_first.sql",
                            "20000101_0000_v1p2_second.sql",
                            "20260102_0304_20260102030405_third.sql",
                            "20260102_0305_20260102030506_fourth.sql");
            assertThat(both.imported().notes())
                    .anyMatch(note -> note.contains("R__views"))
                    .anyMatch(note -> note.startsWith("4 of 5 have no way back"));
        }
        assertThat(Files.readString(out.resolve("20000101_0000_v1p2_second.sql")))
                .startsWith("""
                -- belay:revision v1p2
                -- belay:parents 0001
                -- belay:description second
                -- Imported from flyway: 1.2 in V1.2__second.sql

                -- belay:upgrade
                COMMENT ON TABLE patients IS 'clinics V1.2__second.sql';
                 -- belay:downgrade is what this line is not
                """)
                .contains("-- belay:irreversible there is no undo script");
    }

    @Test
    void givesTheSameFilesEachTime() throws Exception {
        Tool.of(Layouts.GOOSE).write(old);
        RevisionImport imports = RevisionImport.of(Layouts.in(old, Layouts.GOOSE));

        ImportedRevisions first = imports.into(out);
        ImportedRevisions second = imports.into(directory.resolve("again"));

        for (ImportedRevision each : first.revisions()) {
            assertThat(directory.resolve("again").resolve(each.file().getFileName()))
                    .hasSameBinaryContentAs(each.file());
        }
        assertThat(second.heads()).isEqualTo(first.heads()).containsExactly("0003");
    }

    @Test
    void keepsLineEndsMarksAndBodiesAsTheyAre() throws Exception {
        write("1_a.up.sql", "\uFEFFCREATE FUNCTION one() RETURNS text LANGUAGE sql AS $$\r\nSELECT 'a\r\nb'\r\n$$;");
        write("1_a.down.sql", "DROP FUNCTION one()");
        write("2_b.up.sql", "BEGIN;\nCREATE TABLE t (a text);\nCOPY t FROM stdin;\nlast row");
        write("2_b.down.sql", "DROP TABLE t; /* no end of line */ -- belay:upgrade");
        write("go.mod", "golang-migrate");

        assertThatThrownBy(() -> RevisionImport.of(Layouts.in(old, Layouts.GOLANG_MIGRATE))
                        .into(out))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("2_b.up.sql")
                .hasMessageContaining("Nothing was written");
        write("2_b.up.sql", "CREATE TABLE t (a text);\nCOPY t FROM stdin;\nlast row");
        try (BothWays both = new BothWays(Layouts.in(old, Layouts.GOLANG_MIGRATE), out)) {
            both.areTheSameFromEmpty().goDown();
        }
    }

    @Test
    void refusesWhatABelayFileCannotSay() throws Exception {
        write("V1__a.sql", "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$\n-- belay:upgrade\nSELECT 1 $$;");
        assertThatThrownBy(
                        () -> RevisionImport.of(Layouts.in(old, Layouts.FLYWAY)).into(out))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("V1__a.sql: revision 1 can't be imported")
                .hasMessageContaining("begins with \"-- belay:\"");

        write("V1__a.sql", "COMMENT ON DATABASE ${flyway:database} IS 'x';");
        assertThatThrownBy(
                        () -> RevisionImport.of(Layouts.in(old, Layouts.FLYWAY)).into(out))
                .hasMessageContaining("V1__a.sql")
                .hasMessageContaining("current_database()");
        write("V1__a.sql", "SELECT 1;\n\\i other.sql\n");
        assertThatThrownBy(
                        () -> RevisionImport.of(Layouts.in(old, Layouts.FLYWAY)).into(out))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("V1__a.sql:2");
        assertThatThrownBy(() -> RevisionImport.of(Revisions.of(Revision.named("java", "x")
                                        .upgrade(connection -> {})
                                        .irreversible("x"))
                                .and(Layouts.in(old, Layouts.FLYWAY)))
                        .into(out))
                .isInstanceOf(UnwritableRevisionException.class)
                .hasMessageContaining("Belay's layout already");
        assertThat(left()).containsExactly("db", "old");
        assertThat(directory.resolve("db")).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryThatIsNotEmpty() throws Exception {
        write("V1__a.sql", "SELECT 1;");
        Files.createDirectories(out);
        RevisionImport imports = RevisionImport.of(Layouts.in(old, Layouts.flyway(Map.of("schemas", "clinic"))));
        assertThat(imports.into(out).notes()).anyMatch(note -> note.contains("?currentSchema=clinic"));

        assertThatThrownBy(() -> imports.into(out))
                .isInstanceOf(UnwritableRevisionException.class)
                .hasMessageContaining("no empty directory");
        assertThatThrownBy(() -> imports.into(old.resolve("V1__a.sql")))
                .isInstanceOf(UnwritableRevisionException.class);
        assertThat(left()).containsExactly("db", "old");
    }
}
