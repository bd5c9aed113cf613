package dev.belay.carryover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.report.MigrationReport;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By triggers, where the server's log is not detailed enough for a slot. */
class TriggerCarryOverIT extends CarryOverContract {
    @Override
    PostgresServer server() {
        return PostgresServers.shared();
    }

    @Test
    void theReportSaysThatTheyAreCapturedByTriggersAndWhy() {
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY)");
        clinic.revision("SELECT 1", true);
        MigrationReport report = clinic.restored(clinic.failing(List.of(), List.of()));
        assertThat(report.notes())
                .anySatisfy(note ->
                        assertThat(note).contains("captured by triggers").contains("wal_level"));
        assertNothingIsLeft();
    }

    @Test
    void aRunThatGoesWellLeavesNothing() {
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY)");
        clinic.revision("ALTER TABLE t RENAME TO u; CREATE TABLE t (id int)", true);
        clinic.plan().build().upgrade();
        assertNothingIsLeft();
    }

    @Test
    void anApplicationNeedsNoRightsOnTheSchemaOfBelay() {
        String role = clinic.name() + "_app";
        clinic.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "CREATE ROLE " + role,
                "GRANT ALL ON t TO " + role,
                "INSERT INTO t VALUES (1, 'old'), (2, 'old')");
        clinic.revision("SELECT 1", true);
        try {
            String as = "SET SESSION AUTHORIZATION " + role
                    + "; SET IntervalStyle = 'sql_standard'; SET search_path = pg_temp; ";
            clinic.restored(clinic.failing(
                    List.of(as + "INSERT INTO public.t VALUES (3, 'early')", as + "DELETE FROM public.t WHERE id = 1"),
                    List.of(as + "UPDATE public.t SET v = 'late' WHERE id = 2")));
            assertThat(clinic.rows("SELECT * FROM t ORDER BY id")).containsExactly("2|late", "3|early");
        } finally {
            clinic.close();
            clinic.dropRole(role);
        }
    }

    @Test
    void whatATableHadIsCarriedOverAlsoAfterTheMigrationRenamedIt() {
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY, v text)", "CREATE UNLOGGED TABLE u (id int)");
        clinic.revision(
                "ALTER TABLE t RENAME TO new_t; ALTER TABLE new_t ADD COLUMN more int; CREATE TABLE t (id int)", true);
        clinic.restored(clinic.failing(
                List.of("INSERT INTO t VALUES (1, 'early')"),
                List.of(
                        "INSERT INTO new_t VALUES (2, 'late')",
                        "INSERT INTO t VALUES (3)",
                        "INSERT INTO u VALUES (4)")));
        assertThat(clinic.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|early", "2|late");
        assertThat(clinic.rows("SELECT * FROM u")).containsExactly("4");
    }

    @Test
    void rowsOfATableThatTheMigrationMadeAreCountedInTheKeptDatabase() {
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY)");
        clinic.revision("CREATE TABLE u (id int PRIMARY KEY)", true);
        MigrationReport report = clinic.restored(clinic.failing(List.of(), List.of("INSERT INTO u VALUES (1)")));
        assertThat(report.rollback().orElseThrow().surplus()).containsEntry("public.u", 1L);
    }

    @Test
    void tablesWithoutAKeyNeedNoReplicaIdentity() {
        clinic.execute("CREATE TABLE t (v json, n int)", "INSERT INTO t VALUES ('{}', 1), ('{}', 1), (NULL, 2)");
        clinic.revision("SELECT 1", true);
        clinic.restored(clinic.failing(
                List.of("DELETE FROM t WHERE ctid = (SELECT ctid FROM t WHERE n = 1 LIMIT 1)"),
                List.of("UPDATE t SET n = 4 WHERE v IS NULL")));
        assertThat(clinic.rows("SELECT v, n FROM t ORDER BY n")).containsExactly("{}|1", "null|4");
    }

    @Test
    void whatTriggersWriteToRowsOfTheSameStatementComesAfterIt() {
        clinic.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v int)",
                "INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)",
                """
                CREATE FUNCTION further() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF NEW.id = 1 AND pg_trigger_depth() = 1 THEN
                        UPDATE t SET v = v + 100 WHERE id IN (1, 2);
                        UPDATE t SET v = v + 1000 WHERE id = 2;
                    END IF;
                    RETURN NULL;
                END $$
                """,
                "CREATE TRIGGER \"A\" AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION further()");
        clinic.revision("SELECT 1", true);
        clinic.restored(clinic.failing(
                List.of("UPDATE t SET v = 1"),
                List.of("BEGIN; UPDATE t SET v = 5 WHERE id = 3; TRUNCATE t; INSERT INTO t VALUES (9, 9);"
                        + " UPDATE t SET v = 10; COMMIT; BEGIN; DELETE FROM t; ROLLBACK")));
        assertThat(clinic.rows("SELECT * FROM t")).containsExactly("9|10");
        clinic.execute("DELETE FROM t", "INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)");
        clinic.restored(clinic.failing(List.of("UPDATE t SET v = 1"), List.of()));
        assertThat(clinic.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|101", "2|1101", "3|1");
    }

    @Test
    void aKeyThatIsLookedAtWhenTheTransactionEndsHolds() {
        clinic.execute(
                "CREATE TABLE parent (id int PRIMARY KEY)",
                "CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        clinic.revision("SELECT 1", true);
        clinic.restored(clinic.failing(List.of(), List.of()));
        clinic.restored(clinic.plan()
                .validate(Clinic.displeased(() -> clinic.interleaved(
                        List.of("INSERT INTO child VALUES (1, 1)", "UPDATE child SET id = 2"),
                        List.of("INSERT INTO parent VALUES (1)"))))
                .build());
        assertThat(clinic.rows("SELECT * FROM child")).containsExactly("2|1");
    }

    @Test
    void itBeginsOnceThoseWhoAreWritingHaveEnded() throws InterruptedException {
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        clinic.revision("SELECT 1", true);
        Thread writing =
                new Thread(() -> clinic.execute("BEGIN; INSERT INTO t VALUES (1, 'long'); SELECT pg_sleep(4); COMMIT"));
        writing.start();
        clinic.awaitWriterOf("t");
        clinic.restored(clinic.failing(List.of("UPDATE t SET v = 'then'"), List.of()));
        writing.join();
        assertThat(clinic.rows("SELECT * FROM t")).containsExactly("1|then");
        assertNothingIsLeft();
    }
}
