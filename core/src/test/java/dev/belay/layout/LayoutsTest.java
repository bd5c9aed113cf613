package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.internal.Digest;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories of other tools, good and bad. */
class LayoutsTest {
    @TempDir
    Path directory;

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace("\\n", "\n"));
    }

    private List<Revision> read(String layout) {
        return Layouts.in(directory, Layouts.named(layout).orElseThrow()).load();
    }

    private static String text(Change change) throws IOException {
        StringWriter text = new StringWriter();
        try (Reader reader = ((Change.Sql) change).script().open()) {
            reader.transferTo(text);
        }
        return text.toString();
    }

    @Test
    void ordersByNumberAndLinksEachToTheOneBefore() throws IOException {
        file("10_ten.up.sql", "SELECT 10;");
        file("9_nine.up.sql", "SELECT 9;");
        file("9_nine.down.sql", "SELECT -9;");
        file("010_readme.txt", "not a migration");

        List<Revision> revisions = read("golang-migrate");

        assertThat(revisions).extracting(Revision::id).containsExactly("9", "10");
        assertThat(revisions).extracting(Revision::parents).containsExactly(List.of(), List.of("9"));
        assertThat(revisions).extracting(Revision::reversible).containsExactly(true, false);
        assertThat(text(revisions.get(0).downgrade())).isEqualTo("SELECT -9;");
    }

    @Test
    void takesTheBlocksOfDbmate() throws IOException {
        file(
                "20260101000000_x.sql",
                "-- a note\n-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\nSELECT 2;\n");

        Revision revision = read("dbmate").get(0);

        assertThat(text(revision.upgrade())).isEqualTo("SELECT 1;\n");
        assertThat(revision.upgrade().transactional()).isFalse();
        assertThat(text(revision.downgrade())).isEqualTo("SELECT 2;\n");
        assertThat(revision.downgrade().transactional()).isTrue();
    }

    @Test
    void takesTheAnnotationsOfGoose() throws IOException {
        file("00001_x.sql", """
                -- +goose NO TRANSACTION
                -- +goose Up
                -- +goose StatementBegin
                SELECT 1;
                -- +goose StatementEnd
                -- +goose Down
                SELECT 2;
                """);

        Revision revision = read("goose").get(0);

        assertThat(revision.id()).isEqualTo("1");
        assertThat(revision.upgrade().transactional()).isFalse();
        assertThat(text(revision.upgrade())).contains("SELECT 1;").doesNotContain("SELECT 2;");
        assertThat(text(revision.downgrade())).isEqualTo("SELECT 2;\n");
    }

    @Test
    void takesTheDirectoriesOfDiesel() throws IOException {
        file("2016-01-07-082941_create/up.sql", "SELECT 1;");
        file("2016-01-07-082941_create/metadata.toml", "run_in_transaction = false");
        file("00000000000000_diesel_initial_setup/up.sql", "SELECT 0;");
        file("00000000000000_diesel_initial_setup/down.sql", "SELECT 0;");

        List<Revision> revisions = read("diesel");

        assertThat(revisions).extracting(Revision::id).containsExactly("00000000000000", "20160107082941");
        assertThat(revisions.get(0).upgrade().transactional()).isTrue();
        assertThat(revisions.get(1).upgrade().transactional()).isFalse();
        assertThat(revisions.get(1).reversible()).isFalse();
    }

    @Test
    void takesTheFilesOfSqlx() throws IOException {
        file("10_ten_x.sql", "SELECT 10;");
        file("0009_nine-y.up.sql", "-- no-transaction\nSELECT 9;");
        file("0009_nine-y.down.sql", "SELECT -9;");
        file("readme.md", "");

        List<Revision> revisions = read("sqlx");

        assertThat(revisions).extracting(Revision::id).containsExactly("9", "10");
        assertThat(revisions).extracting(Revision::description).containsExactly("nine-y", "ten x");
        assertThat(revisions.get(0).upgrade().transactional()).isFalse();
        assertThat(revisions.get(0).downgrade().transactional()).isTrue();
        assertThat(revisions.get(1).reversible()).isFalse();
        // sha384sum
        assertThat(revisions.get(1).properties())
                .containsEntry(
                        Layout.CHECKSUM,
                        "af94e6688fb102b93c00e70fb6298695205bf906c9c24fda808059d41e10b77656068817dc33fd614bf5a4fb0d18b70c");
    }

    @Test
    void takesTheMarkersOfNodePgMigrateInEitherOrder() throws IOException {
        file(
                "1700000000000_a.sql",
                "-- note\n---- DOWN  migration\nSELECT 2;\n --up migration x\nSELECT 1;\n-- up migration\n");
        file("20260101000000000_b.sql", "SELECT 3;");
        file("2_c.up.sql", "SELECT 4;");
        file("2_c.down.sql", "SELECT 5;");

        List<Revision> revisions = read("node-pg-migrate");

        assertThat(revisions).extracting(Revision::id).containsExactly("2_c", "1700000000000_a", "20260101000000000_b");
        assertThat(text(revisions.get(1).upgrade())).isEqualTo("SELECT 1;\n-- up migration\n");
        assertThat(text(revisions.get(1).downgrade())).isEqualTo("SELECT 2;\n");
        assertThat(text(revisions.get(2).upgrade())).isEqualTo("SELECT 3;");
        assertThat(revisions.get(2).reversible()).isFalse();
        assertThat(text(revisions.get(0).downgrade())).isEqualTo("SELECT 5;");
    }

    @Test
    void takesTheDirectoriesOfPrisma() throws IOException {
        file("migration_lock.toml", "# Please do not edit this file\nprovider = \"postgresql\"\n");
        file("20240102000000_b_c/migration.sql", "CREATE INDEX CONCURRENTLY i ON t (a);");
        file("0_init/migration.sql", "SELECT 1;\r\n");
        file("0_init/down.sql", "SELECT 2;");

        List<Revision> revisions = read("prisma");

        assertThat(revisions).extracting(Revision::id).containsExactly("0_init", "20240102000000_b_c");
        assertThat(revisions).extracting(Revision::description).containsExactly("init", "b c");
        assertThat(revisions).extracting(Revision::reversible).containsExactly(true, false);
        assertThat(revisions.get(1).upgrade().transactional()).isFalse();
        // sha256sum
        assertThat(revisions.get(0).properties())
                .containsEntry(Layout.CHECKSUM, "d3cd5042f97738960d802ad6b3a548dfa18152215118ba18f04493bc6944b0e4")
                .containsEntry(
                        Layout.CHECKSUM + ".lf", "b4e0497804e46e0a0b0b8c31975b062152d551bac49c3c2e80932567b4085dcd");
        assertThat(Layouts.recognising(directory)).containsExactly(Layouts.PRISMA);
    }

    @Test
    void takesTheScriptsOfMyBatisWithTheirVariables() throws IOException {
        file("environments/development.properties", "t=orders\nauto_commit=true\npassword=x\n");
        file(
                "scripts/20240101_create_t.sql",
                "--// x\nSELECT '${t}', '${u}', '\\${t}', '${password}';\n// c\n --  // @UNDO x\nSELECT '${t}';");
        file("scripts/bootstrap.sql", "");

        Revision revision = read("mybatis").get(0);

        assertThat(Layouts.recognising(directory)).containsExactly(Layouts.MYBATIS);
        assertThat(revision.id()).isEqualTo("20240101");
        assertThat(revision.description()).isEqualTo("create t");
        assertThat(text(revision.upgrade()))
                .isEqualTo("--// x\nSELECT 'orders', '${u}', '${t}', '${password}';\n-- c\n");
        assertThat(text(revision.downgrade())).isEqualTo("SELECT 'orders';");
        assertThat(revision.upgrade().transactional()).isFalse();
    }

    @Test
    void takesTheFilesOfAtlasWithTheirSums() throws IOException {
        // computed with Python's hashlib
        file("1_first_x.sql", "-- atlas:txmode none\n\nSELECT 1;");
        file("2.sql", "-- atlas:nolint\nSELECT 2;\n");
        file("down/2.sql", "SELECT -2;");
        file(
                "atlas.sum",
                "h1:IyXonoFTOIGr4l7hRvou2gpqqQdrnB70ONJHze25QEU=\n1_first_x.sql h1:b09uQeViuIMBMU5h2MoWmEcDkt2fxCWXx72dKn/BPHg=\n2.sql h1:u5hHfGfhW5O9XkKwRZeLDnusOtxk8LMvHP69qZ7J/20=\n");

        List<Revision> revisions = read("atlas");

        assertThat(Layouts.recognising(directory)).containsExactly(Layouts.ATLAS);
        assertThat(revisions).extracting(Revision::id).containsExactly("1", "2");
        assertThat(revisions).extracting(Revision::description).containsExactly("first_x", "");
        assertThat(revisions).extracting(Revision::reversible).containsExactly(false, true);
        assertThat(revisions.get(0).upgrade().transactional()).isFalse();
        assertThat(revisions.get(1).upgrade().transactional()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -- atlas:txmode none\\nSELECT 1; | takes no notice of atlas:txmode here
            SELECT 1;\\n-- atlas:txmode none\\n | takes no notice of atlas:txmode here
            -- atlas:txmode some\\n\\nSELECT 1; | "some" is no mode
            -- atlas:checkpoint\\n\\nSELECT 1; | the annotation atlas:checkpoint is not known
            """)
    void refusesWhatAtlasWouldRunInAnotherWay(String text, String message) throws IOException {
        file("1_a.sql", text);
        file("atlas.sum", atlasSum("1_a.sql"));

        assertThatThrownBy(() -> read("atlas"))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("1_a.sql:")
                .hasMessageContaining(message);
    }

    private String atlasSum(String name) throws IOException {
        String hash = base64(name + Files.readString(directory.resolve(name)));
        return "h1:" + base64(name + hash) + "\n" + name + " h1:" + hash + "\n";
    }

    private static String base64(String text) {
        byte[] digest = Digest.of("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }

    @Test
    void runsWhatGolangMigrateSendsAloneOutsideATransaction() throws IOException {
        file("1_a.up.sql", "-- a; comment\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a);\n");
        file("1_a.down.sql", "/* one; */ drop index concurrently i");
        file("2_b.up.sql", "CREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;");
        file("2_b.down.sql", "SELECT 'CREATE INDEX CONCURRENTLY';");

        List<Revision> revisions = read("golang-migrate");

        assertThat(revisions.get(0).upgrade().transactional()).isFalse();
        assertThat(revisions.get(0).downgrade().transactional()).isFalse();
        assertThat(revisions.get(1).upgrade().transactional()).isTrue();
        assertThat(revisions.get(1).downgrade().transactional()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REINDEX TABLE CONCURRENTLY t | false
            REINDEX TABLE t; | true
            ALTER TABLE t DETACH PARTITION p CONCURRENTLY; | false
            ALTER TABLE t DETACH PARTITION p; | true
            VACUUM (ANALYZE) t; | false
            DROP SUBSCRIPTION s; | false
            CREATE INDEX i ON t (concurrently); | true
            """)
    void knowsWhatCannotRunInATransaction(String statement, boolean transactional) throws IOException {
        file("1_a/migration.sql", statement);

        assertThat(read("prisma").get(0).upgrade().transactional()).isEqualTo(transactional);
    }

    @Test
    void namesAllToolsThatPairsCouldBeOfUnlessTheProjectNamesOne() throws IOException {
        file("1_a.up.sql", "SELECT 1;");
        file("1_a.down.sql", "SELECT 1;");

        assertThat(Layouts.recognising(directory))
                .containsExactly(Layouts.GOLANG_MIGRATE, Layouts.SQLX, Layouts.NODE_PG_MIGRATE);
        file("go.mod", "require github.com/golang-migrate/migrate/v4 v4.18.1");
        assertThat(Layouts.recognising(directory)).containsExactly(Layouts.GOLANG_MIGRATE);
        Files.delete(directory.resolve("go.mod"));
        file("Cargo.toml", "sqlx = 1");
        assertThat(Layouts.recognising(directory)).containsExactly(Layouts.SQLX);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            golang-migrate | 1_a.down.sql | SELECT 1; | a way down and none up
            golang-migrate | 1_a.up.sql,01_b.up.sql | SELECT 1; | version 1 is there a second time
            dbmate | 1_a.sql | SELECT 1; | there is no block "-- migrate:up"
            dbmate | 1_a.sql | -- migrate:down\\nSELECT 1; | the block "-- migrate:up" belongs here
            dbmate | 1_a.sql | -- migrate:up foo:bar\\nSELECT 1; | "foo:bar" is not an option
            dbmate | 1_a.sql | -- migrate:up\\n-- migrate:down\\n-- migrate:up | a third block
            dbmate | 1_a.sql,1_b.sql | -- migrate:up\\n-- migrate:down | version 1 is there a second time
            goose | 1_a.sql | SELECT 1; | there is no annotation "-- +goose Up"
            goose | 1_a.sql | -- +goose Down\\n-- +goose Up | belongs before this line
            goose | 1_a.sql | -- +goose Up\\n-- +goose Up | Remove this line
            goose | 1_a.sql | -- +goose Sideways | the annotation "+goose Sideways" is not known
            goose | 1_a.sql | -- +goose ENVSUB ON\\n-- +goose Up | the annotation "+goose ENVSUB ON" is not known
            diesel | 2016-01-07-082941_create/down.sql | SELECT 1; | has no up.sql
            sqlx | 1_a.sql,01_b.up.sql | SELECT 1; | version 1 is there a second time
            sqlx | 1_a.down.sql | SELECT 1; | a way down and none up
            sqlx | one_a.sql | SELECT 1; | "one", what stands before the first underscore, is no version
            node-pg-migrate | 1_a.sql | -- Down Migration\\nSELECT 1; | no "-- Up Migration"
            node-pg-migrate | 1_a.sql,1_b.sql | SELECT 1; | it has the prefix of
            node-pg-migrate | 1_a.sql,1_a.up.sql | SELECT 1; | a file of this name with both directions too
            node-pg-migrate | 1_a.down.sql | SELECT 1; | there is none up
            node-pg-migrate | 1_a.js | export {}; | a migration in JavaScript or TypeScript
            node-pg-migrate | 20261301000000000_a.sql | SELECT 1; | is no time in UTC
            prisma | 1_a/migration.sql,1_b/down.sql | SELECT 1; | it has no migration.sql
            prisma | 1_a/migration.sql,migration_lock.toml | provider = "mysql" | the provider is mysql
            mybatis | scripts/1_a.sql,scripts/01_b.sql | SELECT 1; | version 1 is there a second time
            mybatis | scripts/1_a.sql | SELECT 1;\\n-- @UNDO\\nSELECT 2; | looks like "-- //@UNDO" and isn't
            mybatis | scripts/1_a.sql | -- //@DELIMITER go | the annotation @DELIMITER is not known
            mybatis | scripts/a.sql | SELECT 1; | its name begins with no number
            mybatis | scripts/1_a.sql,environments/x.properties | a=b | there is no such environment
            mybatis | environments/development.properties,scripts/1_a.sql | delimiter=go | statements end with a semicolon
            mybatis | environments/development.properties,scripts/1_a.sql | hook_before_up=x | hooks are not run here
            mybatis | environments/development.properties,scripts/1_a.sql | changelog=x | read from CHANGELOG only
            atlas | 1_a.sql | SELECT 1; | Atlas refuses the directory without it
            atlas | atlas.sum,1_a.sql | SELECT 1; | 1_a.sql has no checksum
            atlas | atlas.sum,1_a.sql | h1:x\\n1_a.sql h1:y | 1_a.sql, or a file before it, is another one
            atlas | atlas.sum,1_a.sql | h1:x\\n1_b.sql h1:y | 1_b.sql is not there
            atlas | atlas.sum,1_a.sql | h1:x\\n1_a.sql | the line is no name and checksum
            """)
    void refusesWhatItCannotUnderstandWithFileAndLine(String layout, String files, String text, String message)
            throws IOException {
        for (String name : files.split(",")) {
            file(name, text);
        }

        assertThatThrownBy(() -> read(layout))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void saysWhichFileIsNotUtf8() throws IOException {
        Files.write(directory.resolve("1_a.up.sql"), new byte[] {'S', (byte) 0xe9, '\n'});

        assertThatThrownBy(() -> read("golang-migrate"))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("1_a.up.sql")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void recognisesNothingInADirectoryOfBelay() throws IOException {
        file("20260101_0000_abcd_x.sql", "-- belay:revision abcd\n-- belay:upgrade\n-- belay:irreversible x\n");

        assertThat(Layouts.recognising(directory)).isEmpty();
    }
}
