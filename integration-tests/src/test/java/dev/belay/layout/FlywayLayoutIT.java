package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.belay.Environment;
import dev.belay.postgres.schema.SchemaSnapshot;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.Target;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway itself and Belay, in turn in one database. */
class FlywayLayoutIT {
    @TempDir
    Path parent;

    private String name;
    private String other;
    private FlywayDirectory flyway;

    @BeforeEach
    void create() throws IOException {
        name = FlywayDirectory.SERVER.createUniqueDatabase("flyway");
        other = FlywayDirectory.SERVER.createUniqueDatabase("flyway");
        flyway = new FlywayDirectory(parent.resolve("migrations"), name);
        flyway.file("V1__make_patients.sql", "CREATE TABLE patients (id bigint PRIMARY KEY, name text NOT NULL);\n")
                .file(
                        "V1.1__add_phone.sql",
                        "\ufeffALTER TABLE patients ADD COLUMN phone text; -- größer\r\nCREATE FUNCTION one() RETURNS int"
                                + " LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;\r\n")
                .file("2026/V1_2__index.sql", "CREATE INDEX CONCURRENTLY patients_name ON patients (name)")
                .file("V2__visits.sql", "CREATE TABLE visits (id bigint);\nINSERT INTO visits VALUES (1), (2);")
                .file("R__views.sql", "CREATE OR REPLACE VIEW all_patients AS SELECT id, name FROM patients;\n");
    }

    @AfterEach
    void drop() {
        FlywayDirectory.SERVER.dropDatabase(name);
        FlywayDirectory.SERVER.dropDatabase(other);
    }

    private void assertThatFlywayFindsNothingWrong() {
        assertThatCode(() -> flyway.flyway().validate()).doesNotThrowAnyException();
        assertThat(flyway.flyway().info().all())
                .extracting(MigrationInfo::getState)
                .containsOnly(MigrationState.SUCCESS);
        assertThat(flyway.flyway().migrate().migrationsExecuted).isZero();
    }

    @Test
    void goesOnWhereFlywayStopped() throws Exception {
        flyway.flywayTo("1.1");

        assertThat(flyway.belay().status().applied())
                .extracting(AppliedRevision::id)
                .containsExactly("1", "1.1", "R__views");
        assertThat(flyway.belay().status().pending()).extracting(Revision::id).containsExactly("1.2", "2");
        assertThat(flyway.belay().upgrade(Target.of("1.2")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThatCode(() -> flyway.configuration()
                        .ignoreMigrationPatterns("*:pending")
                        .load()
                        .validate())
                .doesNotThrowAnyException();
        assertThat(flyway.flyway().migrate().migrationsExecuted).isEqualTo(1);
        assertThatFlywayFindsNothingWrong();
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
    }

    @Test
    void letsFlywayGoOnWhereItStopped() throws Exception {
        assertThat(flyway.belay().upgrade(Target.of("1.1")).outcome()).isEqualTo(Outcome.APPLIED);

        assertThat(flyway.flyway().migrate().migrationsExecuted).isEqualTo(3);
        flyway.file("V3__more.sql", "CREATE TABLE more (id bigint);");
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThatFlywayFindsNothingWrong();
    }

    @Test
    void writesTheRowsAndTheSchemaThatFlywayWrites() throws Exception {
        flyway.flyway().migrate();
        FlywayDirectory byBelay = flyway.with(other);

        assertThat(byBelay.belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);

        assertThat(byBelay.rows(FlywayDirectory.ROWS)).hasSize(5).isEqualTo(flyway.rows(FlywayDirectory.ROWS));
        byBelay.rows("DROP SCHEMA belay CASCADE"); // the progress of what runs outside a transaction
        assertThat(SchemaSnapshot.of(byBelay.database()).toJson())
                .isEqualTo(SchemaSnapshot.of(flyway.database()).toJson());
    }

    @Test
    void makesTheSchemasThatAreConfiguredAsFlywayDoes() throws Exception {
        flyway.file("../flyway.conf", """
                # Flyway's own
                flyway.schemas=clinic,other
                flyway.table=history
                flyway.url=jdbc:postgresql://elsewhere/x
                """);
        flyway.file(
                "V3__placeholders.sql",
                "COMMENT ON TABLE ${flyway:defaultSchema}.patients IS '${OWNER}s ${flyway:table}';");
        flyway.file(
                "V2.5__database.sql", "COMMENT ON DATABASE ${flyway:database} IS '${flyway:user} ${flyway:filename}';");
        String rows = FlywayDirectory.ROWS.replace("flyway_schema_history", "clinic.history");
        assertThatThrownBy(() -> flyway.belay().upgrade()).hasMessageContaining("3");
        flyway.file("V3__placeholders.sql", "COMMENT ON TABLE ${flyway:defaultSchema}.patients IS '${flyway:table}';");
        flyway.configuration()
                .schemas("clinic", "other")
                .table("history")
                .load()
                .migrate();

        assertThat(flyway.with(other).belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);

        assertThat(flyway.with(other).rows(rows))
                .hasSize(8)
                .isEqualTo(flyway.rows(rows))
                .first()
                .asString()
                .contains("<< Flyway Schema Creation >>");
        assertThat(flyway.with(other).rows("SELECT obj_description('clinic.patients'::regclass)"))
                .containsExactly("history");
    }

    @Test
    void appliesARepeatableAgainWhenItChanged() throws Exception {
        flyway.flyway().migrate();
        flyway.file("R__views.sql", "CREATE OR REPLACE VIEW all_patients AS SELECT id, name, phone FROM patients;\n");

        assertThat(flyway.belay().status().pending()).extracting(Revision::id).containsExactly("R__views");
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(flyway.flyway().migrate().migrationsExecuted).isZero();
        assertThatCode(() -> flyway.flyway().validate()).doesNotThrowAnyException();
    }

    @Test
    void takesBackByUndoScriptsAndFlywayAppliesThemAgain() throws Exception {
        flyway.file("U2__visits_again.sql", "DROP TABLE visits;");
        flyway.file("U1_2__index.sql", "DROP INDEX CONCURRENTLY patients_name");
        flyway.flyway().migrate();

        assertThat(flyway.belay().downgrade(Target.of("1.1")).outcome()).isEqualTo(Outcome.APPLIED);

        assertThat(flyway.rows("SELECT to_regclass('visits')")).containsExactly("null");
        assertThat(flyway.belay().status().applied())
                .extracting(AppliedRevision::id)
                .containsExactly("1", "1.1", "R__views");
        assertThat(flyway.flyway().migrate().migrationsExecuted).isEqualTo(2);
        assertThatCode(() -> flyway.flyway().validate()).doesNotThrowAnyException();
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThatThrownBy(() -> flyway.belay().downgrade(Target.of("1")))
                .hasMessageContaining("there is no undo script U1.1__*.sql");
    }

    @Test
    void writesWhatTheCommercialEditionsWriteWhereTheyWroteBefore() throws Exception {
        flyway.file("U2__visits_again.sql", "DROP TABLE visits;");
        flyway.belay().upgrade();
        flyway.rows("INSERT INTO flyway_schema_history SELECT 6, version, 'x', 'UNDO_SQL', script, 1, installed_by,"
                + " installed_on, 0, true FROM flyway_schema_history WHERE version = '2'");
        flyway.rows("DROP TABLE visits");
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);

        assertThat(flyway.belay().downgrade(Target.of("1.2")).outcome()).isEqualTo(Outcome.APPLIED);

        int checksum = LineChecksum.of(new StringReader("DROP TABLE visits;"));
        assertThat(flyway.rows(FlywayDirectory.ROWS))
                .hasSize(8)
                .last()
                .isEqualTo("8|2|visits again|UNDO_SQL|U2__visits_again.sql|" + checksum + "|"
                        + FlywayDirectory.SERVER.user() + "|t");
    }

    @Test
    void goesThroughAllStages() throws Exception {
        flyway.file("U2__visits_again.sql", "DROP TABLE visits;");
        flyway.flywayTo("1.1");

        MigrationReport report = flyway.belay(Layouts.FLYWAY, Environment.STAGING, parent.resolve("backups"))
                .upgrade();

        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.notes()).noneMatch(note -> note.contains("flyway_schema_history"));
        assertThatFlywayFindsNothingWrong();
        assertThat(flyway.belay(Layouts.FLYWAY, Environment.STAGING, parent.resolve("backups"))
                        .downgrade(Target.of("-1"))
                        .outcome())
                .isEqualTo(Outcome.APPLIED);
        assertThat(flyway.flyway().migrate().migrationsExecuted).isEqualTo(1);
    }

    @Test
    void provesTheWayBack() throws Exception {
        flyway.file("U1__make_patients.sql", "DROP TABLE patients;");
        flyway.file("U1.1__x.sql", "DROP FUNCTION one();\nALTER TABLE patients DROP COLUMN phone;");
        flyway.file("U1_2__index.sql", "DROP INDEX CONCURRENTLY patients_name");

        List<RevisionProof> proofs = Prover.of(Layouts.in(flyway.directory(), Layouts.FLYWAY), flyway.database())
                .prove(revision -> !revision.id().equals("R__views"));

        assertThat(proofs)
                .extracting(RevisionProof::revision, RevisionProof::isReversible)
                .containsExactly(tuple("1", true), tuple("1.1", true), tuple("1.2", true), tuple("2", false));
    }

    @Test
    void refusesWhatFlywayRefuses() throws Exception {
        flyway.flywayTo("1.1");
        flyway.file("V1.0.5__late.sql", "SELECT 1;");
        assertThatThrownBy(() -> flyway.flyway().migrate()).isInstanceOf(FlywayException.class);
        assertThatThrownBy(() -> flyway.belay().upgrade())
                .hasMessageContaining("Version 1.0.5 is not applied, but the later version 1.1 is")
                .hasMessageContaining("outOfOrder");
        assertThat(flyway.belay(Layouts.flyway(Map.of("outOfOrder", "true")))
                        .upgrade(Target.of("+1"))
                        .outcome())
                .isEqualTo(Outcome.APPLIED);

        flyway.file("V1__make_patients.sql", "CREATE TABLE patients (id bigint PRIMARY KEY, name text);\n");
        assertThatThrownBy(() -> flyway.configuration().outOfOrder(true).load().validate())
                .hasMessageContaining("checksum mismatch");
        assertThatThrownBy(() -> flyway.belay().upgrade()).hasMessageContaining("Revision 1 was changed");
        flyway.belay().stamp(Target.of("1.1"));
        assertThatCode(() -> flyway.configuration()
                        .ignoreMigrationPatterns("*:pending")
                        .load()
                        .validate())
                .doesNotThrowAnyException();
    }

    @Test
    void tellsAFailedMigrationOfFlyway() throws Exception {
        flyway.file("V1_2__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY patients_name ON nowhere (name)");
        Files.delete(flyway.directory().resolve("2026/V1_2__index.sql"));
        assertThatThrownBy(() -> flyway.flyway().migrate()).isInstanceOf(FlywayException.class);
        assertThat(flyway.rows(FlywayDirectory.ROWS)).last().asString().endsWith("|f");

        assertThat(flyway.belay().status().failed().orElseThrow()).contains("version 1.2 was begun and failed");
        assertThatThrownBy(() -> flyway.belay().dryRun(Direction.UP, Target.head(), new StringBuilder()))
                .hasMessageContaining("flyway repair");

        assertThat(flyway.belay().recover().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(flyway.rows(FlywayDirectory.ROWS)).noneMatch(row -> row.endsWith("|f"));
        flyway.file("V1_2__index.sql", "CREATE INDEX CONCURRENTLY patients_name ON patients (name)");
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThatFlywayFindsNothingWrong();
    }

    @Test
    void takesWhatIsBelowABaselineAsApplied() throws Exception {
        flyway.rows("CREATE TABLE patients (id bigint PRIMARY KEY, name text NOT NULL)");
        flyway.configuration().baselineVersion("1.1").load().baseline();

        assertThat(flyway.belay().status().applied())
                .extracting(AppliedRevision::id)
                .containsExactly("1", "1.1");
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThatCode(() -> flyway.flyway().validate()).doesNotThrowAnyException();
        assertThat(flyway.flyway().migrate().migrationsExecuted).isZero();
    }

    @Test
    void beginsWithABaselineMigration() throws Exception {
        Files.delete(flyway.directory().resolve("V1__make_patients.sql"));
        Files.delete(flyway.directory().resolve("V1.1__add_phone.sql"));
        flyway.file(
                "B1.1__all.sql", "CREATE TABLE patients (id bigint PRIMARY KEY, name text NOT NULL, phone text);\n");
        flyway.flyway().migrate();
        FlywayDirectory byBelay = flyway.with(other);

        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(byBelay.belay().upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(byBelay.rows(FlywayDirectory.ROWS)).hasSize(4).isEqualTo(flyway.rows(FlywayDirectory.ROWS));
        assertThat(byBelay.flyway().migrate().migrationsExecuted).isZero();
    }
}
