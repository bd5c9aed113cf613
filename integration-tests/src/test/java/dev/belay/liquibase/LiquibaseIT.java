package dev.belay.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.Environment;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.Rows;
import dev.belay.backup.ProofLevel;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.liquibase.LiquibaseChangelog;
import dev.belay.postgres.validation.Query;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import dev.belay.testrun.TestRunStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changelogs in several formats, run by Liquibase and by Belay in turn. */
class LiquibaseIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    @TempDir
    Path directory;

    private String name;
    private PostgresDatabase database;

    /** What is done with Liquibase itself. */
    private interface Act {
        void with(Liquibase liquibase) throws LiquibaseException;
    }

    @BeforeEach
    void make() throws IOException {
        name = SERVER.createUniqueDatabase("liquibase");
        database = PostgresDatabase.at(SERVER.libpqUrl(name));
        write("changelog/root.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                  <include file="changelog/one.sql"/>
                  <include file="changelog/two.yaml"/>
                  <changeSet id="only elsewhere" author="ann" dbms="oracle"><dropTable tableName="patients"/></changeSet>
                  <changeSet id="index" author="ann" runInTransaction="false">
                    <sql>CREATE INDEX CONCURRENTLY patients_name ON patients (name)</sql>
                    <rollback>DROP INDEX CONCURRENTLY patients_name</rollback>
                  </changeSet>
                </databaseChangeLog>
                """);
        write("changelog/one.sql", """
                --liquibase formatted sql
                --changeset ann:patients
                --comment: Patients
                CREATE TABLE patients (id int PRIMARY KEY, name text NOT NULL);
                INSERT INTO patients SELECT i, 'p' || i FROM generate_series(1, 100) i;
                --rollback DROP TABLE patients;

                --changeset ann:function splitStatements:false
                CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
                --rollback DROP FUNCTION one();
                """);
        write("changelog/two.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: visits
                      author: bob
                      changes:
                        - createTable:
                            tableName: visits
                            columns:
                              - column: {name: id, type: int, constraints: {primaryKey: true}}
                              - column: {name: patient_id, type: int}
                """);
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private LiquibaseChangelog changelog() {
        return LiquibaseChangelog.in(directory, "changelog/root.xml");
    }

    private MigrationPlanBuilder plan() {
        return MigrationPlan.builder()
                .database(database)
                .revisions(changelog())
                .backup(PgDump.into(directory.resolve("backups")))
                .environment(Environment.STAGING)
                .proof(ProofLevel.COMPARED);
    }

    private static MigrationReport failed(MigrationPlan plan) {
        return catchThrowableOfType(MigrationFailedException.class, plan::upgrade)
                .report();
    }

    private void liquibase(Act act) throws Exception {
        try (Connection connection = SERVER.connect(name);
                DirectoryResourceAccessor files = new DirectoryResourceAccessor(directory)) {
            act.with(new Liquibase(
                    "changelog/root.xml",
                    files,
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection))));
        }
    }

    private List<String> values(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name)) {
            return Rows.of(connection, sql);
        }
    }

    private List<String> ids() throws SQLException {
        return values("SELECT id FROM databasechangelog ORDER BY orderexecuted");
    }

    @Test
    void liquibaseAndBelayTakeTurns() throws Exception {
        liquibase(liquibase -> liquibase.update(1, new Contexts(), new LabelExpression()));
        MigrationPlan plan = plan().build();
        assertThat(plan.status().pending())
                .extracting(Revision::id)
                .containsExactly(
                        "changelog/one.sql::function::ann",
                        "changelog/two.yaml::visits::bob",
                        "changelog/root.xml::index::ann");

        MigrationReport report = plan.upgrade();

        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.APPLIED);
        assertThat(report.applied()).hasSize(3);
        assertThat(ids()).containsExactly("patients", "function", "visits", "index");
        liquibase(liquibase -> {
            liquibase.validate();
            assertThat(liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()))
                    .extracting(set -> set.getId())
                    .isEmpty();
            liquibase.rollback(2, null, new Contexts(), new LabelExpression());
        });
        assertThat(plan.status().current()).containsExactly("changelog/one.sql::function::ann");
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(plan.downgrade(Target.of("-3")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(ids()).containsExactly("patients");
        liquibase(liquibase -> liquibase.update(new Contexts(), new LabelExpression()));
        assertThat(plan.downgrade(Target.base()).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(values("SELECT relname FROM pg_class WHERE relname IN ('patients', 'visits')"))
                .isEmpty();
        assertThat(values("SELECT locked FROM databasechangeloglock")).containsExactly("f");
    }

    /** What is written down is what Liquibase would have written; but for times, the deployment and the version's name. */
    @Test
    void theHistoryIsThatOfLiquibase() throws Exception {
        String rows =
                "SELECT concat_ws('|', id, author, filename, orderexecuted, exectype, md5sum, description, comments, tag,"
                        + " liquibase, contexts, labels, length(deployment_id)) FROM databasechangelog ORDER BY orderexecuted";
        liquibase(liquibase -> liquibase.update(new Contexts(), new LabelExpression()));
        List<String> its = values(rows);
        SERVER.dropDatabase(name);
        SERVER.createDatabase(name);

        MigrationPlan.builder()
                .database(database)
                .revisions(changelog())
                .environment(Environment.DEVELOPMENT)
                .build()
                .upgrade();

        assertThat(values(rows)).isEqualTo(its).hasSize(4);
    }

    @Test
    void aFailureIsFoundOnTheCopy() throws Exception {
        liquibase(liquibase -> liquibase.update(1, new Contexts(), new LabelExpression()));
        write("changelog/two.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: bad
                      author: bob
                      changes:
                        - sql: {sql: "INSERT INTO patients VALUES (1, 'secret')"}
                """);

        MigrationReport report = failed(plan().build());

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.error().orElseThrow())
                .contains("changelog/two.yaml::bad::bob", "patients_pkey", "23505")
                .doesNotContain("secret");
        assertThat(ids()).containsExactly("patients");
    }

    @Test
    void whatIsNotContentIsTakenBack() throws Exception {
        liquibase(liquibase -> liquibase.update(1, new Contexts(), new LabelExpression()));

        MigrationReport report = failed(plan().testRun(TestRunStrategy.none("tried elsewhere"))
                .validate(Query.isTrue("SELECT false"))
                .build());

        assertThat(report.outcome()).as(report.toText()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(ids()).containsExactly("patients");
        assertThat(values("SELECT count(*) FROM patients")).containsExactly("100");
    }

    @Test
    void aChangedChangesetIsRefused() throws Exception {
        liquibase(liquibase -> liquibase.update(2, new Contexts(), new LabelExpression()));
        write(
                "changelog/one.sql",
                Files.readString(directory.resolve("changelog/one.sql")).replace("RETURN 1", "RETURN 2"));

        assertThat(failed(plan().build()).error().orElseThrow()).contains("Validation Failed", "function::ann");
        assertThat(ids()).containsExactly("patients", "function");
    }

    @Test
    void aChangesetWithRunOnChangeIsRunAgain() throws Exception {
        write("changelog/two.yaml", "databaseChangeLog: []\n");
        String view = """
                --liquibase formatted sql
                --changeset ann:patients
                CREATE TABLE patients (id int PRIMARY KEY, name text NOT NULL);
                --rollback DROP TABLE patients;
                --changeset ann:view runOnChange:true
                CREATE OR REPLACE VIEW names AS SELECT name FROM patients;
                --rollback DROP VIEW names;
                """;
        write("changelog/one.sql", view);
        MigrationPlan plan = plan().build();
        plan.upgrade();
        assertThat(plan.status().pending()).isEmpty();
        write("changelog/one.sql", view.replace("SELECT name FROM", "SELECT name, id FROM"));

        assertThat(plan.status().pending()).extracting(Revision::id).containsExactly("changelog/one.sql::view::ann");
        plan.upgrade();

        assertThat(values("SELECT exectype FROM databasechangelog WHERE id = 'view'"))
                .containsExactly("RERAN");
        assertThat(plan.status().pending()).isEmpty();
    }

    @Test
    void belayWaitsForLiquibasesLock() throws Exception {
        liquibase(liquibase -> liquibase.update(1, new Contexts(), new LabelExpression()));
        MigrationPlan plan = MigrationPlan.builder()
                .database(database)
                .revisions(changelog())
                .environment(Environment.DEVELOPMENT)
                .build();
        CompletableFuture<MigrationReport> run = new CompletableFuture<>();
        liquibase(liquibase -> {
            LockService lock = LockServiceFactory.getInstance().getLockService(liquibase.getDatabase());
            lock.waitForLock();
            run.completeAsync(plan::upgrade);
            assertThatThrownBy(() -> run.copy().get(4, TimeUnit.SECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            lock.releaseLock();
        });
        assertThat(run.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void changesetsAreProven() {
        List<RevisionProof> proofs =
                Prover.of(changelog(), database).parallel(1).prove();

        assertThat(proofs)
                .hasSize(4)
                .allSatisfy(proof ->
                        assertThat(proof.isSound()).as(proof.toString()).isTrue());
    }

    @Test
    void stampsAndShowsItsSql() throws Exception {
        MigrationPlan plan = plan().build();
        plan.stamp(Target.of("changelog/one.sql::function::ann"));

        assertThat(ids()).containsExactly("patients", "function");
        assertThat(plan.dryRun()).contains("CREATE TABLE", "visits").doesNotContain("CREATE FUNCTION");
        plan.stamp(Target.base());
        assertThat(ids()).isEmpty();
    }

    @Test
    void namesFileAndLineOfWhatItCantRead() throws IOException {
        write("changelog/bad.sql", "--liquibase formatted sql\n\n--changeset nobody\nSELECT 1;\n");

        assertThatThrownBy(() ->
                        LiquibaseChangelog.in(directory, "changelog/bad.sql").load())
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("bad.sql:3");
    }
}
