package dev.belay.postgres.lossless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.revision.Direction;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LosslessIT extends LosslessFixture {
    private static final String ALL = "select t::text from users t order by 1";

    @BeforeEach
    void makeUsers() throws SQLException {
        execute(
                "create table users (id int primary key, name text not null, phone text, age int default 5,"
                        + " seen timestamptz, note varchar(40))",
                "insert into users select i, 'name ' || i, case when i % 3 > 0 then '555-' || i end, 40000 + i,"
                        + " timestamptz '2024-02-03 04:05:06.789+00' + i * interval '1 minute', 'a long note ' || i"
                        + " from generate_series(1, 9) i");
    }

    private void thereAndBack(String query) throws SQLException {
        List<String> before = rows(query);
        up();
        down();
        assertThat(rows(query)).isEqualTo(before);
        assertThat(rows("select * from belay.kept where not outdated and direction = 'UP'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '%',
            value = {
                "alter table users drop column phone % alter table users add column phone text",
                "alter table users drop column age % alter table users add column age int default 5",
                "alter table users drop column phone, drop age % alter table users add column age int not null default 5;"
                        + " alter table users alter age drop not null, add phone text",
                "alter table users alter note type varchar(5) using left(note, 5) % alter table users alter note type varchar(40)",
                "alter table users alter age type smallint using 7 % alter table users alter age type int",
                "alter table users alter seen type date using seen::date % alter table users alter seen type timestamptz using seen",
                "delete from users where id > 4 % select 1",
                "delete from users where id > 4 % insert into users (id, name) values (5, 'guess')",
                "truncate users % select 1",
                "update users set phone = 'none', name = upper(name) where id < 5 % select 1",
                "update users set phone = null % update users set phone = 'unknown' where id in (1, 2)",
                "alter table users rename phone to tel; update users set tel = null % alter table users rename tel to phone",
                "alter table users rename to people; delete from people % alter table people rename to users",
                "create table u2 as select id, name from users; drop table users; alter table u2 rename to users"
                        + " % alter table users add primary key (id), add phone text, add age int default 5, add seen timestamptz,"
                        + " add note varchar(40)",
                "alter table users add first text; update users set first = left(name, 4); alter table users drop name"
                        + " % alter table users add name text; update users set name = first; alter table users drop first",
                "create table phones as select id, phone from users; alter table users drop phone % alter table users add"
                        + " phone text; update users set phone = phones.phone || '?' from phones where phones.id = users.id;"
                        + " drop table phones",
                "update users set id = id + 100, name = 'x' % update users set id = id - 100",
                "alter table users drop constraint users_pkey, drop id % alter table users add id int",
            })
    void givesBackWhatTheUpgradeDestroyed(String up, String down) throws SQLException {
        given(up, down);
        thereAndBack("select id, name, phone, age, seen, note from users order by id");
    }

    @Test
    void givesBackADroppedTable() throws SQLException {
        given(
                "drop table users",
                "create table users (id serial primary key, name text not null, phone text, age int default 5,"
                        + " seen timestamptz, note varchar(40))");
        thereAndBack(ALL);
        execute("insert into users (name) values ('next')");
        assertThat(rows("select max(id) from users")).containsExactly("10");
    }

    @Test
    void saysWhatItKeptAndWhatItGaveBack() throws SQLException {
        given("alter table users drop column phone", "alter table users add column phone text");
        up();
        assertThat(notes)
                .singleElement()
                .asString()
                .matches("Kept what the upgrade of revision r0xxx takes from"
                        + " public\\.users: 9 rows, [0-9,]+ bytes, in belay\\.kept_[0-9]+\\.");
        assertThat(kept()).containsExactly("r0xxx|UP|public.users|9");
        down();
        assertThat(notes).containsExactly("Gave back what was taken from public.users: 9 rows.");
        assertThat(kept()).isEmpty();
        assertThat(tablesOfBelay()).isEmpty();
    }

    @Test
    void keepsNothingWhereNothingIsLost() throws SQLException {
        given("alter table users add city text; create index on users (name)", "alter table users drop city");
        up();
        assertThat(notes).isEmpty();
        assertThat(rows("select to_regclass('belay.kept')")).containsExactly("null");
    }

    @Test
    void keepsNothingUnlessItIsAsked() throws SQLException {
        given("alter table users drop column phone", "alter table users add column phone text");
        go(Direction.UP, "head", false);
        assertThat(notes).isEmpty();
        assertThat(rows("select to_regclass('belay.kept')")).containsExactly("null");
    }

    @Test
    void aRunThatDoesNotAskForItGivesBackWhatAnotherKept() throws SQLException {
        given("alter table users drop column phone", "alter table users add column phone text");
        List<String> before = rows("select id, phone from users order by id");
        up();
        go(Direction.DOWN, "-1", false);
        assertThat(rows("select id, phone from users order by id")).isEqualTo(before);
        go(Direction.UP, "head", false);
        assertThat(kept()).isEmpty();
    }

    @Test
    void givesBackWhatAnUpgradeMadeWhenItRunsAgain() throws SQLException {
        given("alter table users add city text", "alter table users drop city");
        up();
        execute("update users set city = 'Bergen ' || id where id > 3");
        List<String> before = rows(ALL);
        down();
        execute("update users set name = 'touched' where id = 5", "delete from users where id = 6");
        up();
        assertThat(rows("select id, name, city from users where id in (4, 5)"))
                .containsExactlyInAnyOrder("4|name 4|Bergen 4", "5|touched|Bergen 5");
        assertThat(rows("select count(*), count(city) from users")).containsExactly("8|5");
        assertThat(before).hasSize(9);
    }

    @Test
    void keepsWhatWasWrittenInBetween() throws SQLException {
        given(
                "alter table users drop phone; alter table users alter note type varchar(5) using left(note, 5);"
                        + " update users set name = 'anonymous'; delete from users where id > 7",
                "alter table users add phone text; alter table users alter note type varchar(40)");
        up();
        execute(
                "update users set note = 'mine' where id = 1",
                "update users set name = 'Anna' where id = 2",
                "delete from users where id = 3",
                "insert into users (id, name) values (8, 'new eight'), (20, 'new twenty')");
        down();
        assertThat(rows("select id, name, phone, note from users order by id"))
                .containsExactly(
                        "1|name 1|555-1|mine",
                        "2|Anna|555-2|a long note 2",
                        "4|name 4|555-4|a long note 4",
                        "5|name 5|555-5|a long note 5",
                        "6|name 6|null|a long note 6",
                        "7|name 7|555-7|a long note 7",
                        "8|new eight|null|null",
                        "9|name 9|null|a long note 9",
                        "20|new twenty|null|null");
    }

    @Test
    void doesNotOverwriteWhatTheDowngradeMadeOutOfNewValues() throws SQLException {
        given(
                "create table phones (id int primary key, phone text); insert into phones select id, phone from users;"
                        + " alter table users drop phone",
                "alter table users add phone text; update users set phone = p.phone from phones p where p.id = users.id;"
                        + " drop table phones");
        up();
        execute("update phones set phone = 'new' where id = 1", "delete from phones where id = 2");
        down();
        assertThat(rows("select id, phone from users where id < 5 order by id"))
                .containsExactly("1|new", "2|null", "3|null", "4|555-4");
    }

    @Test
    void splitColumnsKeepWhatWasWritten() throws SQLException {
        given(
                "alter table users add first text, add last text; update users set first = split_part(name, ' ', 1),"
                        + " last = split_part(name, ' ', 2); alter table users drop name",
                "alter table users add name text; update users set name = first || '_' || last;"
                        + " alter table users drop first, drop last");
        up();
        execute("update users set first = 'Anna' where id = 1", "update users set age = 1 where id = 2");
        down();
        assertThat(rows("select id, name, age from users where id < 4 order by id"))
                .containsExactly("1|Anna_1|40001", "2|name_2|1", "3|name 3|40003");
    }
}
