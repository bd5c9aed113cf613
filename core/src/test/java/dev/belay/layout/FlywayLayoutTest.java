package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.revision.Change;
import dev.belay.revision.DatabaseScript;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories of Flyway, good and bad; the checksums are compared with Flyway's own in the integration tests. */
class FlywayLayoutTest {
    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void create() throws IOException {
        directory = Files.createDirectory(parent.resolve("migrations"));
    }

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace("\\n", "\n"));
    }

    private List<Revision> read() {
        return Layouts.in(directory, Layouts.FLYWAY).load();
    }

    private Change.Sql change(String name, String text) throws IOException {
        file(name, text);
        return (Change.Sql) read().get(read().size() - 1).upgrade();
    }

    private static String text(Change change) throws IOException {
        StringWriter text = new StringWriter();
        try (Reader reader = ((Change.Sql) change).script().open()) {
            reader.transferTo(text);
        }
        return text.toString();
    }

    @Test
    void ordersVersionsByTheirPartsAndPutsRepeatableOnesBehind() throws IOException {
        file("R__b.sql", "SELECT 'b';");
        file("R__a_view.sql", "SELECT 'a';");
        file("V10__ten.sql", "SELECT 10;");
        file("old/V9_1__nine_one.sql", "SELECT 9.1;");
        file("V9.1.0.1__x.SQL", "SELECT 1;");
        file("V9.sql", "SELECT 9;");
        file("U9_1__back.sql", "SELECT -9.1;");
        file(".hidden/V11__no.sql", "SELECT 11;");
        file("seed.sql", "not one of Flyway's");

        List<Revision> revisions = read();

        assertThat(revisions)
                .extracting(Revision::id)
                .containsExactly("9", "9.1", "9.1.0.1", "10", "R__a_view", "R__b");
        assertThat(revisions).extracting(Revision::reversible).containsExactly(false, true, false, false, false, false);
        assertThat(revisions.get(1).properties())
                .containsEntry(FlywayProperties.SCRIPT, "old/V9_1__nine_one.sql")
                .containsEntry(FlywayProperties.VERSION, "9.1");
        assertThat(revisions.get(1).description()).isEqualTo("nine one");
        assertThat(revisions.get(5).parents()).containsExactly("R__a_view");
        assertThat(Layouts.recognising(directory)).containsExactly(Layouts.FLYWAY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE INDEX CONCURRENTLY i ON t (a) | false",
                "-- x\\n/* /* y */ */ drop index concurrently i; | false",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a); | false",
                "VACUUM (ANALYZE) t; | false",
                "REINDEX (VERBOSE) DATABASE d; | false",
                "ALTER SYSTEM SET a = 1; | false",
                "CREATE TABLE vacuum_log (t text DEFAULT 'VACUUM;'); | true",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END; -- VACUUM | true",
                "DO $x$ BEGIN EXECUTE 'VACUUM; DISCARD ALL'; END $x$; | true",
                "COPY t FROM STDIN;\\nVACUUM;\\n\\.\\nSELECT 1; | true"
            })
    void runsOutsideATransactionWhatFlywayRunsThere(String text, boolean transactional) throws IOException {
        assertThat(change("V1__x.sql", text).transactional()).isEqualTo(transactional);
    }

    @Test
    void takesTheSettingsOfAFile() throws IOException {
        file("V1__x.sql.conf", "executeInTransaction=false\nplaceholderReplacement=false\n");

        assertThat(change("V1__x.sql", "SELECT '${x}';").transactional()).isFalse();
    }

    @Test
    void putsInPlaceholdersWhereFlywayDoes() throws IOException {
        file("../flyway.toml", """
                id = "x"
                [environments.default]
                url = "jdbc:x"
                [flyway]
                locations = ["filesystem:migrations"]
                schemas = ["clinic", "other"]
                [flyway.placeholders]
                Owner = "it's ${me}" # a comment
                """);
        Change.Sql change = change(
                "V1__x.sql",
                "SELECT '${OWNER}', '$${owner}', '${flyway:defaultSchema}', '${flyway:filename}', '${flyway:user}';");

        assertThat(text(change))
                .isEqualTo("SELECT 'it's ${me}', '$${owner}', 'clinic', 'V1__x.sql', '${flyway:user}';");
        assertThat(text(new Change.Sql(
                        ((DatabaseScript) change.script()).in(Map.of(DatabaseScript.USER, "anna")), true)))
                .endsWith("'anna';");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "V1_desc.sql | SELECT 1; | V1_desc.sql:1 | no version",
                "V1.x__desc.sql | SELECT 1; | V1.x__desc.sql:1 | no version",
                "V2..1__desc.sql | SELECT 1; | V2..1__desc.sql:1 | no version",
                "V2.__desc.sql | SELECT 1; | V2.__desc.sql:1 | no version",
                "V.2__desc.sql | SELECT 1; | V.2__desc.sql:1 | no version",
                "V__desc.sql | SELECT 1; | V__desc.sql:1 | no version",
                "R1__desc.sql | SELECT 1; | R1__desc.sql:1 | something before __",
                "U7__desc.sql | SELECT 1; | U7__desc.sql:1 | no migration of version 7",
                "V01__again.sql | SELECT 1; | V1__first.sql:1 | version 1 is there a second time",
                "below/R__view.sql | SELECT 1; | R__view.sql:1 | \"view\" is there a second time",
                "beforeMigrate.sql | SELECT 1; | beforeMigrate.sql:1 | callbacks are not run here",
                "V2__x.sql | SELECT 1;\\nSELECT '${x}'; | V2__x.sql:2 | no value for the placeholder ${x}",
                "V2__x.sql | SELECT 1;\\nSELECT '${x | V2__x.sql:2 | has no end",
                "R__x.sql | -- ${flyway:timestamp} | R__x.sql:1 | with the time in it",
                "V2__x.sql | SELECT 1;\\nVACUUM; | V2__x.sql:2 | some outside of one",
                "V1__first.sql.conf | executeInTransaction=false\\ncolour=blue | V1__first.sql.conf:2 | colour",
                "V1__first.sql.conf | executeInTransaction=maybe | V1__first.sql.conf:1 | true or false",
                "V1__first.sql.conf | shouldExecute=a==b | V1__first.sql.conf:1 | not evaluated",
                "../flyway.conf | \\nflyway.target=3 | flyway.conf:2 | flyway.target is not known",
                "../flyway.toml | [flyway]\\nresolvers = [\"x\"] | flyway.toml:2 | flyway.resolvers is not known"
            })
    void namesTheFileAndTheLineOfWhatIsWrong(String name, String text, String place, String words) throws IOException {
        file("V1__first.sql", "SELECT 1;");
        file("R__view.sql", "SELECT 1;");
        file(name, text);

        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining(place + ": ")
                .hasMessageContaining(words);
    }

    @Test
    void namesTheLineThatIsNotUtf8() throws IOException {
        Files.write(directory.resolve("V1__x.sql"), new byte[] {'-', '-', '\n', (byte) 0xe4, '\n'});

        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("V1__x.sql:2: ");
    }
}
