package dev.belay.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.Environment;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.Rows;
import dev.belay.backup.ProofLevel;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.alembic.Alembic;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.validation.Query;
import dev.belay.prove.Prover;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Revision;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import dev.belay.testrun.TestRunStrategy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real revisions in Python, run by the real Alembic. */
class AlembicIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    @TempDir
    Path directory;

    private String name;
    private PostgresDatabase database;
    private AlembicProjectOnDisk project;

    @BeforeAll
    static void needsAlembic() {
        assumeTrue(AlembicProjectOnDisk.isInstalled(), "Alembic with psycopg2 is not installed");
    }

    @BeforeEach
    void make() {
        name = SERVER.createUniqueDatabase("alembic");
        database = PostgresDatabase.at(SERVER.libpqUrl(name));
        project = new AlembicProjectOnDisk(directory.resolve("project"))
                .revision(
                        "aaaa",
                        "None",
                        "op.create_table('patients', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.Text))\n"
                                + "op.execute(\"INSERT INTO patients SELECT i, 'p' || i FROM generate_series(1, 100) i\")",
                        "op.drop_table('patients')")
                .revision("bbbb", "'aaaa'", """
                        op.add_column('patients', sa.Column('phone', sa.Text))
                        bind = op.get_bind()
                        for row in bind.execute(sa.text('SELECT id FROM patients')).fetchall():
                            bind.execute(sa.text('UPDATE patients SET phone = :p WHERE id = :i'), {'p': str(row.id), 'i': row.id})
                        """, "op.drop_column('patients', 'phone')")
                .revision("cccc", "'aaaa'", """
                        with op.get_context().autocommit_block():
                            op.create_index('patients_name', 'patients', ['name'], postgresql_concurrently=True)
                        """, """
                        with op.get_context().autocommit_block():
                            op.drop_index('patients_name', postgresql_concurrently=True)
                        """)
                .revision("dddd", "('bbbb', 'cccc')", "pass", "pass");
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private MigrationPlanBuilder plan() {
        return MigrationPlan.builder()
                .database(database)
                .revisions(Alembic.in(project.directory()))
                .backup(PgDump.into(directory.resolve("backups")))
                .environment(Environment.STAGING)
                .proof(ProofLevel.COMPARED);
    }

    private List<String> values(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name)) {
            return Rows.of(connection, sql);
        }
    }

    private static MigrationReport failed(MigrationPlan plan) {
        return catchThrowableOfType(MigrationFailedException.class, plan::upgrade)
                .report();
    }

    private Map<String, String> variables() {
        return Map.of("DATABASE_URL", SERVER.libpqUrl(name));
    }

    private List<String> versions() throws SQLException {
        return values("SELECT version_num FROM alembic_version ORDER BY 1");
    }

    @Test
    void alembicAndBelayTakeTurns() throws SQLException {
        project.alembic(variables(), "upgrade", "bbbb");
        MigrationPlan plan = plan().build();
        assertThat(plan.status().pending()).extracting(Revision::id).containsExactly("cccc", "dddd");

        MigrationReport report = plan.upgrade();

        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.APPLIED);
        assertThat(versions()).containsExactly("dddd");
        assertThat(project.alembic(variables(), "current")).isEqualTo("dddd (head) (mergepoint)");
        project.revision("eeee", "'dddd'", "op.create_table('e', sa.Column('id', sa.Integer))", "op.drop_table('e')");
        project.alembic(variables(), "upgrade", "head");
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(plan.downgrade(Target.of("-2")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(versions()).containsExactly("bbbb", "cccc");
        project.alembic(variables(), "downgrade", "base");
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan.downgrade(Target.base()).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(versions()).isEmpty();
        assertThat(values("SELECT relname FROM pg_class WHERE relname = 'patients'"))
                .isEmpty();
    }

    @Test
    void aFailureIsFoundOnTheCopy() throws SQLException {
        project.alembic(variables(), "upgrade", "aaaa");
        project.revision("eeee", "'dddd'", "op.execute(\"INSERT INTO patients VALUES ('secret')\")", "pass");

        MigrationReport report = failed(plan().build());

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.error().orElseThrow())
                .contains("eeee", "InvalidTextRepresentation", "eeee_step.py:15")
                .doesNotContain("secret");
        assertThat(versions()).containsExactly("aaaa");
    }

    @Test
    void whatIsNotContentIsTakenBack() throws SQLException {
        project.alembic(variables(), "upgrade", "aaaa");
        List<String> before = values("SELECT md5(string_agg(p::text, ',' ORDER BY id)) FROM patients p");

        MigrationReport report = failed(plan().testRun(TestRunStrategy.none("tried elsewhere"))
                .validate(Query.isTrue("SELECT false"))
                .build());

        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(versions()).containsExactly("aaaa");
        assertThat(values("SELECT md5(string_agg(p::text, ',' ORDER BY id)) FROM patients p"))
                .isEqualTo(before);
    }

    @Test
    void anEnvironmentThatGoesElsewhereIsRefused() throws SQLException {
        project = new AlembicProjectOnDisk(directory.resolve("other"), "CLINIC_DB")
                .revision("aaaa", "None", "op.execute('CREATE TABLE t (id int)')", "op.execute('DROP TABLE t')");
        Alembic deaf = Alembic.in(project.directory()).environment("CLINIC_DB", SERVER.libpqUrl(name));

        MigrationReport report = failed(MigrationPlan.builder()
                .database(database)
                .revisions(deaf)
                .environment(Environment.DEVELOPMENT)
                .build());

        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.error().orElseThrow()).contains("env.py takes the address from elsewhere", "variable(name)");
        assertThat(values("SELECT relname FROM pg_class WHERE relname = 't'")).isEmpty();
        Alembic told = Alembic.in(project.directory()).variable("CLINIC_DB");
        assertThat(MigrationPlan.builder()
                        .database(database)
                        .revisions(told)
                        .environment(Environment.DEVELOPMENT)
                        .build()
                        .upgrade()
                        .outcome())
                .isEqualTo(Outcome.APPLIED);
    }

    @Test
    void aTimeoutEndsTheStatementInTheServer() throws SQLException {
        project.alembic(variables(), "upgrade", "aaaa");
        project.revision("eeee", "'dddd'", "op.execute('SELECT pg_sleep(600)')", "pass");

        MigrationReport report = failed(MigrationPlan.builder()
                .database(database)
                .revisions(Alembic.in(project.directory()))
                .environment(Environment.DEVELOPMENT)
                .timeout(Duration.ofSeconds(6))
                .build());

        assertThat(report.error().orElseThrow()).contains("timeout");
        assertThat(values(
                        "SELECT query FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()"
                                + " AND datname = '" + name + "'"))
                .isEmpty();
        assertThat(versions()).containsExactly("aaaa");
    }

    @Test
    void aDryRunIsAlembicsOwnSql() {
        project = new AlembicProjectOnDisk(directory.resolve("offline"))
                .revision("aaaa", "None", "op.execute('CREATE TABLE t (id int)')", "op.execute('DROP TABLE t')");
        MigrationPlan plan = plan().build();

        assertThat(plan.dryRun()).contains("CREATE TABLE t (id int)", "INSERT INTO alembic_version", "COMMIT;");
    }

    @Test
    void revisionsAreProven() {
        var proofs =
                Prover.of(Alembic.in(project.directory()), database).parallel(1).prove();

        assertThat(proofs)
                .allSatisfy(proof ->
                        assertThat(proof.isSound()).as(proof.toString()).isTrue());
        assertThat(proofs).extracting(proof -> proof.revision()).containsExactly("aaaa", "bbbb", "cccc", "dddd");
    }

    @Test
    void stampsAndKnowsWhatTheFilesDont() throws SQLException {
        MigrationPlan plan = plan().build();
        plan.stamp(Target.of("bbbb"));
        assertThat(project.alembic(variables(), "current")).isEqualTo("bbbb");
        try (Connection connection = SERVER.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE alembic_version SET version_num = 'zzzz'");
        }

        assertThat(plan.status().current()).containsExactly("zzzz");
        assertThat(failed(plan).error().orElseThrow()).contains("zzzz", "its file is not there");
    }
}
