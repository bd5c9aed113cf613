package dev.belay.postgres.lossless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.Environment;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.engine.RevisionFailedException;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.validation.Query;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.prove.RowsPreserved;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Target;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, revisions outside a transaction, and runs that fail. */
class LosslessRunsIT extends LosslessFixture {
    private static final String ALL = "select id, name, phone from users order by id";

    @TempDir
    Path directory;

    @BeforeEach
    void makeUsers() throws SQLException {
        execute(
                "create table users (id int primary key, name text not null, phone text)",
                "insert into users select i, 'name ' || i, '555-' || i from generate_series(1, 9) i");
    }

    private MigrationPlanBuilder plan() {
        return MigrationPlan.builder()
                .database(database)
                .revisions(() -> List.copyOf(revisions))
                .lossless();
    }

    @Test
    void outsideATransactionEachStatementKeepsWhatItDestroys() throws SQLException {
        given(
                "update users set name = upper(name); alter table users drop phone; delete from users where id > 6;"
                        + " create index concurrently users_name on users (name)",
                "drop index concurrently users_name; alter table users add phone text",
                false);
        List<String> before = rows(ALL);
        up();
        assertThat(kept()).hasSize(3);
        assertThat(rows(ALL.replace(", phone", ""))).hasSize(6);
        down();
        assertThat(rows(ALL)).isEqualTo(before);
        assertThat(tablesOfBelay()).isEmpty();
    }

    @Test
    void aRevisionThatFailsLeavesNothingKept() throws SQLException {
        given("alter table users drop phone; delete from users; select 1 / 0", "select 1");
        List<String> before = rows(ALL);
        assertThatThrownBy(this::up).isInstanceOf(RevisionFailedException.class);
        assertThat(rows(ALL)).isEqualTo(before);
        assertThat(rows("select to_regclass('belay.kept')")).containsExactly("null");
    }

    @Test
    void aSessionThatDiesLeavesNothingHalfKept() throws SQLException {
        given(
                "alter table users drop phone",
                "alter table users add phone text; select pg_terminate_backend(pg_backend_pid())");
        up();
        assertThatThrownBy(this::down).isInstanceOf(RevisionFailedException.class);
        assertThat(kept()).containsExactly("r0xxx|UP|public.users|9");
        assertThat(tablesOfBelay()).hasSize(1);
        assertThat(rows("select b3 from belay." + tablesOfBelay().get(0))).hasSize(9);
    }

    @Test
    void severalRevisionsGoTogether() throws SQLException {
        given("alter table users drop phone", "alter table users add phone text");
        given("alter table users rename name to title", "alter table users rename title to name");
        given("update users set title = 'x'; delete from users where id = 1", "select 1");
        given("drop table users", "create table users (id int primary key, title text not null)");
        List<String> before = rows(ALL);
        up();
        go(dev.belay.revision.Direction.DOWN, "base", true);
        assertThat(rows(ALL)).isEqualTo(before);
        assertThat(rows("select * from belay.kept where not outdated and direction = 'UP'"))
                .isEmpty();
    }

    @Test
    void thePipelineTriesItOnTheCopyAndRunsItOnceInProduction() throws SQLException {
        execute("create sequence runs");
        given("select nextval('runs'); alter table users drop phone", "alter table users add phone text");
        MigrationPlan plan = plan().backup(PgDump.into(directory))
                .reports(directory.resolve("reports"))
                .build();
        List<String> before = rows(ALL);

        MigrationReport report = plan.upgrade();

        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.toText()).contains("Kept what the upgrade of revision r0xxx takes from public.users: 9 rows");
        assertThat(report.notes()).noneMatch(note -> note.contains("does not bring every row back"));
        assertThat(rows("select last_value from runs")).containsExactly("1");
        assertThat(plan.toString()).contains("keeps what is lost");

        assertThat(plan.downgrade(Target.of("-1")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows(ALL)).isEqualTo(before);
    }

    @Test
    void theWayBackAfterAFailureLosesNothing() throws SQLException {
        given("alter table users drop phone; delete from users where id = 2", "alter table users add phone text");
        List<String> before = rows(ALL);
        MigrationPlan plan = plan().environment(Environment.DEVELOPMENT)
                .validate(Query.isTrue("SELECT count(*) = 9 FROM users"))
                .validateAfterCommit()
                .build();
        assertThatThrownBy(plan::upgrade)
                .isInstanceOfSatisfying(
                        MigrationFailedException.class,
                        failed -> assertThat(failed.report().outcome()).isEqualTo(Outcome.ROLLED_BACK));
        assertThat(rows(ALL)).isEqualTo(before);
    }

    @Test
    void whatIsKeptGoesWithItsBackup() throws SQLException {
        given("alter table users drop phone", "alter table users add phone text");
        given("alter table users drop name", "alter table users add name text");
        plan().environment(Environment.DEVELOPMENT).build().upgrade(Target.of("+1"));
        execute("update belay.kept set kept_at = now() - interval '2 days'");
        engine.dropKept(database, Instant.now().minus(Duration.ofDays(3)));
        assertThat(kept()).hasSize(1);
        plan().environment(Environment.DEVELOPMENT).build().upgrade();
        engine.dropKept(database, Instant.now().minus(Duration.ofDays(1)));
        assertThat(kept()).containsExactly("r1xxx|UP|public.users|9");
        assertThat(tablesOfBelay()).hasSize(1);
    }

    @Test
    void proofsReportThatRowsArePreserved() {
        given(
                "create table pets (id int primary key, name varchar(40) not null, born timestamptz, kind text)",
                "drop table pets");
        given("alter table pets drop kind", "alter table pets add kind text");
        given(
                "alter table pets alter name type varchar(3) using left(name, 3), alter born type date",
                "alter table pets alter name type varchar(40), alter born type timestamptz");
        given("delete from pets where id % 2 = 0; update pets set name = 'x'", "select 1");
        given("drop table pets", "create table pets (id int primary key, name varchar(3) not null, born date)");
        Prover prover = Prover.of(() -> List.copyOf(revisions), database.named(name));

        List<RevisionProof> proofs = prover.lossless().prove();

        assertThat(proofs.subList(1, 5))
                .allSatisfy(proof -> assertThat(proof.rowsPreserved()).isEqualTo(RowsPreserved.YES));
        assertThat(prover.prove().subList(1, 5))
                .allSatisfy(proof -> assertThat(proof.rowsPreserved()).isEqualTo(RowsPreserved.NO));
    }
}
