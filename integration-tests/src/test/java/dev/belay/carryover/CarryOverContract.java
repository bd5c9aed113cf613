package dev.belay.carryover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.report.MigrationReport;
import dev.belay.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds however the writes are captured. */
abstract class CarryOverContract {
    @TempDir
    Path backups;

    Clinic clinic;

    abstract PostgresServer server();

    @BeforeEach
    void open() {
        clinic = new Clinic(server(), backups);
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    @Test
    void whatWasWrittenAfterTheBackupIsInTheRestoredDatabase() {
        clinic.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v text)",
                "INSERT INTO t SELECT i, 'old' FROM generate_series(1, 9) i");
        clinic.revision("ALTER TABLE t ADD COLUMN extra text; UPDATE t SET v = 'migrated' WHERE id < 9", true);
        MigrationReport report = clinic.restored(clinic.failing(
                List.of(
                        "INSERT INTO t VALUES (10, 'early')",
                        "UPDATE t SET v = 'changed' WHERE id = 9",
                        "DELETE FROM t WHERE id = 8"),
                List.of(
                        "INSERT INTO t (id, v) VALUES (11, 'it''s \"late\"\n[x]: \\')",
                        "UPDATE t SET id = 12 WHERE id = 10",
                        "UPDATE t SET v = NULL WHERE id = 7")));
        assertThat(clinic.rows("SELECT id, v FROM t WHERE id > 6 ORDER BY id"))
                .containsExactly("7|null", "9|changed", "11|it's \"late\"\n[x]: \\", "12|early");
        assertThat(clinic.rows("SELECT DISTINCT v FROM t WHERE id < 7")).containsExactly("old");
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("public.t: 6 carried over"));
        assertNothingIsLeft();
    }

    @Test
    void whatAMigrationWritesIsNotCarriedOverWhereTheHistoryIsAnotherTools() {
        clinic.layout("dbmate")
                .execute("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'old'), (2, 'old')");
        clinic.revision("UPDATE t SET v = 'migrated'", true);
        clinic.restored(clinic.failing(List.of("INSERT INTO t VALUES (3, 'early')"), List.of()));
        assertThat(clinic.rows("SELECT id, v FROM t ORDER BY id")).containsExactly("1|old", "2|old", "3|early");
        assertThat(clinic.rows("SELECT version FROM schema_migrations")).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void aColumnThatTheMigrationAddedIsSaidAndTheRestOfTheRowIsCarried() {
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        clinic.revision("ALTER TABLE t ADD COLUMN extra text", true);
        MigrationReport report =
                clinic.restored(clinic.failing(List.of(), List.of("INSERT INTO t VALUES (1, 'a', 'secret')")));
        assertThat(clinic.rows("SELECT * FROM t")).containsExactly("1|a");
        assertThat(report.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("public.t: 1 carried over, 1 not (values of column extra, which is not there)")
                        .doesNotContain("secret"));
    }

    @Test
    void allTypesComeOverAsTheyAre() {
        clinic.execute(
                "CREATE TYPE \"Mood\" AS ENUM ('so so', 'it''s fine')",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE DOMAIN short AS varchar(5)",
                "CREATE SCHEMA \"Odd: schema\"",
                """
                CREATE TABLE "Odd: schema"."T, ""x"" y" (
                    "Id[1]" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b boolean, i8 bigint, f4 real, f8 double precision,
                    n numeric(12, 4), t text, c char(5), s short, by bytea, d date, ts timestamp, tz timestamptz, iv interval,
                    u uuid, j json, jb jsonb, a int[], ta text[], m "Mood", p pair, bits bit(3), vb varbit, r int4range, ip inet,
                    x xml, twice bigint GENERATED ALWAYS AS (i8 * 2) STORED, big text)
                """);
        clinic.revision("SELECT 1", true);
        String values = """
                INSERT INTO "Odd: schema"."T, ""x"" y" (b, i8, f4, f8, n, t, c, s, by, d, ts, tz, iv, u, j, jb, a, ta, m, p, bits, vb, r, ip, x, big)
                VALUES (true, 1 << 40, 0.1, 'NaN', 1.5, E'a ''b''\\n\\\\ null', 'x', 'ab', '\\xdeadbeef', '2026-01-02', '0044-03-15 BC',
                    '2026-01-02 03:04:05.678901+05', '1 year 2 days -3 seconds', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": [1, 2]}',
                    '{"b": null}', '{{1,2},{3,NULL}}', ARRAY['a b', 'null', NULL, '"', ''], 'it''s fine', '(1,"x y")', B'101', B'1',
                    '[1,5)', '10.0.0.1/8', '<a>b</a>',
                    (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 5000) i))
                """;
        clinic.execute(values);
        String all = "SELECT t::text FROM \"Odd: schema\".\"T, \"\"x\"\" y\" t ORDER BY 1";
        List<String> kept = new java.util.ArrayList<>();
        clinic.restored(clinic.failing(
                List.of(values, values.replaceAll("true, 1 << 40", "NULL, NULL")),
                List.of("UPDATE \"Odd: schema\".\"T, \"\"x\"\" y\" SET t = 'changed' WHERE \"Id[1]\" < 3")));
        kept.addAll(clinic.rows(clinic.kept(), all));
        assertThat(clinic.rows(all)).hasSize(3).isEqualTo(kept);
        assertThat(clinic.rows("INSERT INTO \"Odd: schema\".\"T, \"\"x\"\" y\" DEFAULT VALUES RETURNING \"Id[1]\""))
                .as("the next number of the identity")
                .containsExactly("4");
    }

    @Test
    void foreignKeysTriggersPartitionsAndTruncates() {
        clinic.execute(
                "CREATE TABLE parent (id int PRIMARY KEY)",
                "CREATE TABLE child (id serial PRIMARY KEY, parent int REFERENCES parent ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree)",
                "CREATE TABLE log (what text)",
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.log VALUES (TG_OP); RETURN NULL; END $$",
                "CREATE TRIGGER noting AFTER INSERT OR DELETE ON parent FOR EACH ROW EXECUTE FUNCTION note()",
                "CREATE TABLE part (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)",
                "CREATE TABLE part_old PARTITION OF part FOR VALUES FROM ('2000-01-01') TO ('2026-01-01')",
                "CREATE TABLE part_new PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2050-01-01')",
                "CREATE TABLE gone (id int PRIMARY KEY)",
                "INSERT INTO gone VALUES (1), (2)",
                "INSERT INTO part VALUES (1, '2025-01-01')",
                "INSERT INTO parent VALUES (1), (2)",
                "INSERT INTO child (parent) VALUES (1), (2), (2)",
                "INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 2)");
        clinic.revision("INSERT INTO parent VALUES (77)", true);
        MigrationReport report = clinic.restored(clinic.failing(
                List.of(
                        "BEGIN; INSERT INTO parent VALUES (3); INSERT INTO child (parent) VALUES (3), (3); COMMIT",
                        "DELETE FROM parent WHERE id = 1",
                        "UPDATE parent SET id = 20 WHERE id = 2",
                        "DELETE FROM tree",
                        "INSERT INTO tree VALUES (5, 6), (6, 5)",
                        "TRUNCATE gone",
                        "INSERT INTO gone VALUES (3)",
                        "UPDATE part SET at = '2027-01-01'"),
                List.of("INSERT INTO child (parent) VALUES (77)", "INSERT INTO child (parent) VALUES (3)")));
        assertThat(clinic.rows("SELECT id FROM parent ORDER BY 1")).containsExactly("3", "20");
        assertThat(clinic.rows("SELECT id, parent FROM child ORDER BY 1"))
                .containsExactly("2|20", "3|20", "4|3", "5|3", "7|3");
        assertThat(clinic.rows("SELECT id FROM tree ORDER BY 1")).containsExactly("5", "6");
        assertThat(clinic.rows("SELECT id FROM gone")).containsExactly("3");
        assertThat(clinic.rows("SELECT tableoid::regclass, id FROM part")).containsExactly("part_new|1");
        assertThat(clinic.rows("SELECT what FROM log")).containsExactly("INSERT", "INSERT", "INSERT", "DELETE");
        assertThat(report.notes())
                .anySatisfy(note -> assertThat(note)
                        .containsPattern(
                                "public.child: \\d+ carried over, 1 not \\(.*foreign key.*\\(SQLSTATE 23503\\)\\)"));
        assertThat(clinic.rows(
                        "SELECT condeferrable, condeferred FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"))
                .containsOnly("f|f");
        assertThat(clinic.rows("SELECT tgenabled FROM pg_trigger WHERE tgname = 'noting'"))
                .containsExactly("O");
        assertThat(clinic.rows("INSERT INTO child (parent) VALUES (3) RETURNING id"))
                .containsExactly("8");
    }

    @Test
    void statementsOfARevisionOutsideATransactionAreNotCarried() {
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'old')");
        clinic.revision(
                "UPDATE t SET v = 'migrated';\nCREATE INDEX CONCURRENTLY t_v ON t (v);\nINSERT INTO t VALUES (2, 'migrated');",
                false);
        clinic.restored(clinic.failing(List.of(), List.of("INSERT INTO t VALUES (3, 'app')")));
        assertThat(clinic.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|old", "3|app");
    }

    @Test
    void rowsOfATableWithoutAKeyAreCarriedAsFarAsTheyAreKnown() {
        clinic.execute("CREATE TABLE t (v json, n int)", "INSERT INTO t VALUES ('{}', 1), ('{}', 1), (NULL, 2)");
        clinic.execute("ALTER TABLE t REPLICA IDENTITY FULL");
        clinic.revision("SELECT 1", true);
        clinic.restored(clinic.failing(
                List.of("INSERT INTO t VALUES ('[]', 3)"),
                List.of(
                        "DELETE FROM t WHERE ctid = (SELECT ctid FROM t WHERE n = 1 LIMIT 1)",
                        "UPDATE t SET n = 4 WHERE v IS NULL")));
        assertThat(clinic.rows("SELECT v, n FROM t ORDER BY n")).containsExactly("{}|1", "[]|3", "null|4");
    }

    void assertNothingIsLeft() {
        assertThat(clinic.rows("postgres", "SELECT slot_name FROM pg_replication_slots WHERE slot_name LIKE 'belay%'"))
                .isEmpty();
        assertThat(clinic.rows(
                        "postgres", "SELECT datname FROM pg_database WHERE NOT datallowconn AND datname LIKE 'late%'"))
                .isEmpty();
        assertThat(clinic.rows("postgres", "SELECT 1 FROM pg_db_role_setting WHERE setconfig::text LIKE '%geqo_seed%'"))
                .isEmpty();
        for (String database : clinic.databases()) {
            assertThat(
                            clinic.rows(
                                    database,
                                    "SELECT 1 FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid WHERE pronamespace = 'belay'::regnamespace"))
                    .as("triggers in " + database)
                    .isEmpty();
            assertThat(clinic.rows(
                            database, "SELECT to_regclass('belay.written'), to_regprocedure('belay.write_down()')"))
                    .as("what they need in " + database)
                    .containsExactly("null|null");
        }
    }
}
