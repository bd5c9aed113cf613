package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.MigrationPlan;
import dev.belay.layout.Layouts;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.report.Outcome;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start doesn't look into files that are those which were applied; it notices whatever is different. */
class ChangedFilesIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    @TempDir
    Path directory;

    private String name;
    private PostgresDatabase database;

    @BeforeEach
    void create() throws IOException {
        name = SERVER.createUniqueDatabase("files");
        database = PostgresDatabase.at(SERVER.jdbcUrl(name), SERVER.user(), SERVER.password());
        Files.createDirectory(directory.resolve("belay"));
        belay("aaaa", "", "CREATE TABLE a ();");
        belay("bbbb", "aaaa", "CREATE TABLE b ();");
        belay("cccc", "bbbb", "CREATE TABLE c ();");
        Files.createDirectory(directory.resolve("flyway"));
        flyway("V1__a.sql", "CREATE TABLE a ();\n");
        flyway("V1.1__b.sql", "CREATE TABLE b ();\n");
        flyway("V2__c.sql", "CREATE TABLE c ();\n");
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private void belay(String id, String parent, String sql) throws IOException {
        Files.writeString(
                directory.resolve("belay/20260101_0000_" + id + "_table.sql"),
                "-- belay:revision " + id + (parent.isEmpty() ? "" : "\n-- belay:parents " + parent)
                        + "\n-- belay:upgrade\n" + sql + "\n-- belay:irreversible a test\n");
    }

    private void flyway(String name, String sql) throws IOException {
        Files.writeString(directory.resolve("flyway").resolve(name), sql);
    }

    private Outcome belay() {
        return upgrade(Revisions.in(directory.resolve("belay")));
    }

    private Outcome flyway() {
        return upgrade(Layouts.in(directory.resolve("flyway"), Layouts.FLYWAY));
    }

    private Outcome upgrade(RevisionSource source) {
        return MigrationPlan.builder()
                .database(database)
                .revisions(source)
                .skipBackup("a test")
                .skipTestRun("a test")
                .build()
                .upgrade()
                .outcome();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void inBelaysLayout() throws Exception {
        assertThat(belay()).isEqualTo(Outcome.APPLIED);
        assertThat(belay()).isEqualTo(Outcome.UP_TO_DATE);

        belay("bbbb", "aaaa", "CREATE TABLE b (); -- the same");
        assertThat(belay()).isEqualTo(Outcome.UP_TO_DATE);
        belay("bbbb", "aaaa", "CREATE TABLE b (id int);");
        assertThatThrownBy(this::belay).hasMessageContaining("Revision bbbb was changed");
        Files.delete(directory.resolve("belay/20260101_0000_bbbb_table.sql"));
        assertThatThrownBy(this::belay).hasMessageContaining("bbbb");
        belay("bbbb", "aaaa", "CREATE TABLE b ();");
        assertThat(belay()).isEqualTo(Outcome.UP_TO_DATE);

        belay("dddd", "cccc", "CREATE TABLE d ();");
        assertThat(belay()).isEqualTo(Outcome.APPLIED);
        belay("eeee", "cccc", "CREATE TABLE e ();");
        assertThatThrownBy(this::belay).hasMessageContaining("eeee");
        Files.delete(directory.resolve("belay/20260101_0000_eeee_table.sql"));
        execute("DELETE FROM belay.history WHERE revision = 'dddd'; DROP TABLE d");
        assertThat(belay()).isEqualTo(Outcome.APPLIED);
        execute("SELECT FROM d");
        Files.copy(
                directory.resolve("belay/20260101_0000_dddd_table.sql"),
                directory.resolve("belay/20260102_0000_dddd_table.sql"));
        assertThatThrownBy(this::belay).hasMessageContaining("dddd").hasMessageContaining("20260102");
    }

    @Test
    void inFlywaysLayout() throws Exception {
        assertThat(flyway()).isEqualTo(Outcome.APPLIED);
        assertThat(flyway()).isEqualTo(Outcome.UP_TO_DATE);

        flyway("V1.1__b.sql", "\ufeffCREATE TABLE b ();\r\n"); // the same for Flyway
        assertThat(flyway()).isEqualTo(Outcome.UP_TO_DATE);
        flyway("V1.1__b.sql", "CREATE TABLE b (id int);\n");
        assertThatThrownBy(this::flyway).hasMessageContaining("Revision 1.1 was changed");
        Files.delete(directory.resolve("flyway/V1.1__b.sql"));
        assertThatThrownBy(this::flyway).hasMessageContaining("1.1");
        flyway("V1.1__another_name.sql", "CREATE TABLE b ();\n");
        assertThatThrownBy(this::flyway).hasMessageContaining("Revision 1.1 was changed");
        Files.move(directory.resolve("flyway/V1.1__another_name.sql"), directory.resolve("flyway/V1.1__b.sql"));
        assertThat(flyway()).isEqualTo(Outcome.UP_TO_DATE);

        flyway("R__view.sql", "CREATE VIEW v AS SELECT 1 AS one;\n");
        assertThat(flyway()).isEqualTo(Outcome.APPLIED);
        assertThat(flyway()).isEqualTo(Outcome.UP_TO_DATE);
        Files.delete(directory.resolve("flyway/R__view.sql"));
        execute("DELETE FROM flyway_schema_history WHERE version IS NULL");
        assertThat(flyway()).isEqualTo(Outcome.UP_TO_DATE);

        flyway("V1.2__late.sql", "SELECT 1;\n");
        assertThatThrownBy(this::flyway).hasMessageContaining("Version 1.2 is not applied, but the later version 2 is");
        Files.delete(directory.resolve("flyway/V1.2__late.sql"));
        flyway("V1.01__again.sql", "SELECT 1;\n");
        assertThatThrownBy(this::flyway).hasMessageContaining("is there a second time");
        Files.delete(directory.resolve("flyway/V1.01__again.sql"));
        flyway("beforeMigrate.sql", "SELECT 1;\n");
        assertThatThrownBy(this::flyway).hasMessageContaining("callbacks are not run here");
        Files.delete(directory.resolve("flyway/beforeMigrate.sql"));
        flyway("U3__undo.sql", "SELECT 1;\n");
        assertThatThrownBy(this::flyway).hasMessageContaining("there is no migration of version 3");
        Files.delete(directory.resolve("flyway/U3__undo.sql"));
        execute("UPDATE flyway_schema_history SET success = false WHERE version = '2'");
        execute("ALTER TABLE c ADD COLUMN half int");
        assertThatThrownBy(this::flyway).hasMessageContaining("version 2 was begun and failed");
        execute("ALTER TABLE c DROP COLUMN half");
        assertThat(flyway()).isEqualTo(Outcome.UP_TO_DATE); // the schema says that it is there
    }
}
