package dev.belay.postgres.lossless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.engine.BelayEngine;
import dev.belay.postgres.observation.QuietContext;
import dev.belay.postgres.observation.RowPicture;
import dev.belay.revision.Direction;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of every kind. */
class LosslessTablesIT extends LosslessFixture {
    private RowPicture picture() throws SQLException {
        return RowPicture.of(database, new QuietContext());
    }

    /** All rows of all tables are the same after up and down. */
    private void nothingIsLost() throws SQLException {
        RowPicture before = picture();
        up();
        go(Direction.DOWN, "base", true);
        assertThat(before.differencesIn(database, new QuietContext())).isEmpty();
        assertThat(notes).noneMatch(note -> note.startsWith("Not all"));
    }

    @Test
    void tablesWithoutAKey() throws SQLException {
        execute(
                "create table log (at timestamptz, what text, extra jsonb)",
                "insert into log select timestamptz '2024-01-01' + (i % 3) * interval '1 day', 'event ' || i % 4, '{}'"
                        + " from generate_series(1, 30) i",
                "create table log2 as table log",
                "create table log3 as table log",
                "create table log4 as table log");
        given(
                "alter table log drop column extra; delete from log2 where what = 'event 2'; update log3 set what = 'x';"
                        + " alter table log4 alter at type date",
                "alter table log add extra jsonb; alter table log4 alter at type timestamptz");
        nothingIsLost();
    }

    @Test
    void aTableWithoutAKeyThatWasWrittenToKeepsItsRowsAside() throws SQLException {
        execute("create table log (what text)", "insert into log values ('a'), ('a'), ('b')");
        given("update log set what = 'x' where what = 'a'", "select 1");
        up();
        execute("insert into log values ('new')");
        down();
        assertThat(rows("select what from log order by 1")).containsExactly("b", "new", "x", "x");
        assertThat(notes)
                .anyMatch(note -> note.matches("Not all that was taken from public.log could be given back: .*"
                        + "It is still in belay.kept_[0-9]+\\."));
        String table = tablesOfBelay().get(0);
        assertThat(rows("select b1 from belay." + table + " order by 1")).containsExactly("a", "a", "b");
    }

    @Test
    void aRoleThatOnlyOwnsTheDatabaseIsEnough() throws SQLException {
        String role = name + "_owner";
        execute("create role " + role + " login password 'lossless'", "alter database " + name + " owner to " + role);
        database = PostgresDatabase.at(server.jdbcUrl(name), role, "lossless");
        engine = BelayEngine.of(() -> List.copyOf(revisions), database);
        try {
            execute(
                    "create schema own",
                    "create table own.t (id serial primary key, parent int references own.t deferrable initially deferred,"
                            + " v text)",
                    "create function own.noted() returns trigger language plpgsql as $$ begin raise 'fired'; end $$",
                    "insert into own.t (parent, v) values (2, 'a'), (1, 'b'), (null, 'c')",
                    "create trigger noted before insert or update on own.t for each row execute function own.noted()");
            given("alter table own.t drop v; delete from own.t where id < 3", "alter table own.t add v text");
            given("delete from own.t", "select 1");
            nothingIsLost();
        } finally {
            database = PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
            execute(
                    "alter database " + name + " owner to " + server.user(),
                    "reassign owned by " + role + " to " + server.user(),
                    "drop owned by " + role,
                    "drop role " + role);
        }
    }

    @Test
    void compositeAndPartialKeys() throws SQLException {
        execute(
                "create table lines (doc int, \"line No\" int, amount numeric(10, 4), primary key (doc, \"line No\"))",
                "insert into lines select i / 4, i % 4, i * 1.2345 from generate_series(0, 20) i",
                "create table slots (room text not null unique, until date)",
                "insert into slots values ('a', '2024-01-01'), ('b', null)");
        given(
                "alter table lines alter amount type numeric(10, 2); delete from lines where doc = 3;"
                        + " alter table slots drop until",
                "alter table lines alter amount type numeric(10, 4); alter table slots add until date");
        nothingIsLost();
    }

    @Test
    void rowsThatReferToEachOther() throws SQLException {
        execute(
                "create table a (id int primary key, b int)",
                "create table b (id int primary key, a int references a on delete cascade)",
                "alter table a add foreign key (b) references b on delete set null",
                "create table child (id int primary key, parent int references child, a int not null references a)",
                "insert into a values (1), (2), (3)",
                "insert into b values (1, 1), (2, 2), (3, 3)",
                "update a set b = 4 - id",
                "insert into child values (3, null, 1), (2, 3, 1), (1, 2, 2)");
        given("delete from child where id < 3; delete from child; delete from a where id < 3", "select 1");
        nothingIsLost();
    }

    @Test
    void generatedAndIdentityColumns() throws SQLException {
        execute(
                "create table g (id int generated always as identity primary key, net int, vat int generated always as"
                        + " (net / 5) stored, seq int generated by default as identity, note text)",
                "insert into g (net, note) select i * 100, 'n' || i from generate_series(1, 5) i");
        given(
                "delete from g where id = 2; update g set net = 0 where id = 3; alter table g drop note",
                "alter table g add note text");
        nothingIsLost();
        execute("insert into g (net) values (1)");
        assertThat(rows("select max(id) from g")).containsExactly("6");
    }

    @Test
    void typesThatAreDroppedWithTheirColumns() throws SQLException {
        execute(
                "create type mood as enum ('sad', 'ok', 'it''s \"fine\", or \\ so')",
                "create type pair as (x int, y text)",
                "create domain zip as varchar(5) check (value ~ '^[0-9]+$')",
                "create collation odd (provider = icu, locale = 'und', deterministic = false)",
                "create table t (id int primary key, m mood, ms mood[], p pair, z zip, o text collate odd, r regclass,"
                        + " b bytea, f float8, i interval, j json, bits bit(3), c char(4), ts timestamp, ip inet,"
                        + " rng tstzrange, x xml)",
                "insert into t values (1, 'ok', array['sad', 'it''s \"fine\", or \\ so']::mood[], (1, 'a,\"b'), '01234', 'ö',"
                        + " 'pg_class', '\\x00ff', 0.1 + 0.2, '1 mon 2 days 3.4 s', '{\"a\":  1}', '101', 'ab', 'infinity',"
                        + " '10.0.0.1/8', '[2024-01-01,infinity)', '<a>1</a>'),"
                        + " (2, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)");
        given(
                "alter table t drop m, drop ms, drop p, drop z, drop o, drop r, drop b, drop f, drop i, drop j, drop bits,"
                        + " drop c, drop ts, drop ip, drop rng, drop x; drop type mood; drop type pair; drop domain zip;"
                        + " drop collation odd",
                "create type mood as enum ('sad', 'ok', 'it''s \"fine\", or \\ so'); create type pair as (x int, y text);"
                        + " create domain zip as varchar(5) check (value ~ '^[0-9]+$');"
                        + " create collation odd (provider = icu, locale = 'und', deterministic = false);"
                        + " alter table t add m mood, add ms mood[], add p pair, add z zip, add o text collate odd,"
                        + " add r regclass, add b bytea, add f float8, add i interval, add j json, add bits bit(3),"
                        + " add c char(4), add ts timestamp, add ip inet, add rng tstzrange, add x xml");
        nothingIsLost();
    }

    @Test
    void oddNamesAndOtherSchemas() throws SQLException {
        execute(
                "create schema \"Odd.Schema\"",
                "create table \"Odd.Schema\".\"a \"\"table\"\" {?}\" (\"t\" int primary key, \"k\" text, \"select\" text, \"é'\" text)",
                "insert into \"Odd.Schema\".\"a \"\"table\"\" {?}\" values (1, 'a', 'b', 'c'), (2, 'd', 'e', 'f')",
                "create table t (t int primary key, ident text, hash text, place text, n text, x text, b1 text)",
                "insert into t values (1, 'a', 'b', 'c', 'd', 'e', 'f')");
        given(
                "alter table \"Odd.Schema\".\"a \"\"table\"\" {?}\" drop \"é'\";"
                        + " delete from \"Odd.Schema\".\"a \"\"table\"\" {?}\" where t = 1; alter table t drop hash, drop b1;"
                        + " update t set ident = 'other'",
                "alter table \"Odd.Schema\".\"a \"\"table\"\" {?}\" add \"é'\" text; alter table t add hash text, add b1 text");
        nothingIsLost();
    }

    @Test
    void partitionsAndInheritance() throws SQLException {
        execute(
                "create table m (id int, y int, v text, primary key (id, y)) partition by list (y)",
                "create table m1 partition of m for values in (1)",
                "create table m2 partition of m for values in (2)",
                "insert into m select i, 1 + i % 2, 'v' || i from generate_series(1, 10) i",
                "create table p (id int primary key, v text)",
                "create table c (more text) inherits (p)",
                "insert into p values (1, 'a')",
                "insert into c values (1, 'b', 'more')");
        given(
                "alter table m drop v; delete from m where id = 3; drop table m1;" + " delete from p",
                "create table m1 partition of m for values in (1); alter table m add v text");
        nothingIsLost();
    }

    @Test
    void triggersOfTheUserDoNotFireAndStayAsTheyWere() throws SQLException {
        execute(
                "create table t (id int primary key, v text)",
                "create table audit (what text)",
                "create function noted() returns trigger language plpgsql as $$ begin insert into audit values (tg_op);"
                        + " return coalesce(new, old); end $$",
                "insert into t values (1, 'a'), (2, 'b')",
                "create trigger noted after insert or update or delete on t for each row execute function noted()",
                "create trigger other before insert or update on t for each row execute function noted()",
                "create trigger off before insert or update on t for each row execute function noted()",
                "alter table t enable always trigger other, disable trigger off");
        given("alter table t drop v; delete from t where id = 1", "alter table t add v text");
        up();
        List<String> audit = rows("select * from audit");
        down();
        assertThat(rows("select id, v from t order by id")).containsExactly("1|a", "2|b");
        assertThat(rows("select * from audit")).isEqualTo(audit);
        assertThat(rows("select tgname, tgenabled from pg_trigger where tgrelid = 't'::regclass order by 1"))
                .containsExactly("noted|O", "off|D", "other|A");
    }

    @Test
    void whatOthersHoldNowIsNotTakenFromThem() throws SQLException {
        execute(
                "create table t (id int primary key, mail text unique)",
                "create table ref (id int primary key references t)",
                "insert into t values (1, 'a@x'), (2, 'b@x')");
        given("delete from t where id < 3", "select 1");
        up();
        execute("insert into t values (7, 'a@x')");
        down();
        assertThat(rows("select * from t order by id")).containsExactly("2|b@x", "7|a@x");
        assertThat(notes).anyMatch(note -> note.contains("1 of its rows have unique values that others have now"));
        assertThat(tablesOfBelay()).hasSize(1);
    }

    @Test
    void whatTheServerRefusesStaysAside() throws SQLException {
        execute(
                "create table parent (id int primary key)",
                "create table t (id int primary key, parent int references parent)",
                "insert into parent values (1), (2)",
                "insert into t values (1, 1), (2, 2)");
        given("delete from t where id = 1", "select 1");
        up();
        execute("delete from parent where id = 1");
        down();
        assertThat(rows("select id from t")).containsExactly("2");
        assertThat(notes).anyMatch(note -> note.contains("the server refused it") && !note.contains("(1)"));
        assertThat(rows("select revision from belay.history")).isEmpty();
    }
}
