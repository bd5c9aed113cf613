package dev.belay.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.database.TableFingerprint;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables are equal exactly when they hold the same rows, in whatever order. */
class RowFingerprintsIT {
    private static final PostgresServer SERVER = PostgresServers.shared();
    private static final String REMAKE = "DROP TABLE IF EXISTS public.t;";

    private final String name = SERVER.createUniqueDatabase("rows");
    private final PostgresDatabase database = PostgresDatabase.at(SERVER.libpqUrl(name));

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    /** Two tables t; told apart or not. */
    private record Case(String what, String one, String other, boolean equal) {
        static Case same(String what, String one, String other) {
            return new Case(what, one, other, true);
        }

        static Case different(String what, String one, String other) {
            return new Case(what, one, other, false);
        }

        /** Of one column with one row each. */
        static Case values(String type, String one, String other) {
            return different(type + ": " + one + ", " + other, of(type, one), of(type, other));
        }

        static Case sameValues(String type, String one, String other) {
            return same(type + ": " + one + ", " + other, of(type, one), of(type, other));
        }

        private static String of(String type, String value) {
            return "CREATE TABLE t (v " + type + "); INSERT INTO t VALUES (" + value + ")";
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(rows(), numbers(), texts(), structures(), times()).flatMap(cases -> cases);
    }

    private static Stream<Case> rows() {
        String pairs = "CREATE TABLE t (a int, b int);";
        return Stream.of(
                Case.same(
                        "another order of rows",
                        pairs + "INSERT INTO t VALUES (1, 2), (3, 4)",
                        pairs + "INSERT INTO t VALUES (3, 4), (1, 2)"),
                Case.different(
                        "values exchanged between rows",
                        pairs + "INSERT INTO t VALUES (1, 2), (3, 4)",
                        pairs + "INSERT INTO t VALUES (1, 4), (3, 2)"),
                Case.different(
                        "values exchanged between columns",
                        pairs + "INSERT INTO t VALUES (1, 2)",
                        pairs + "INSERT INTO t VALUES (2, 1)"),
                Case.different(
                        "values exchanged between columns of two rows",
                        pairs + "INSERT INTO t VALUES (1, 2), (2, 1)",
                        pairs + "INSERT INTO t VALUES (1, 1), (2, 2)"),
                Case.different(
                        "NULL in another column",
                        pairs + "INSERT INTO t VALUES (1, NULL)",
                        pairs + "INSERT INTO t VALUES (NULL, 1)"),
                Case.different(
                        "a duplicate more",
                        pairs + "INSERT INTO t VALUES (1, 2), (1, 2)",
                        pairs + "INSERT INTO t VALUES (1, 2), (1, 2), (1, 2)"),
                Case.different(
                        "another row twice",
                        pairs + "INSERT INTO t VALUES (1, 2), (1, 2), (3, 4)",
                        pairs + "INSERT INTO t VALUES (1, 2), (3, 4), (3, 4)"),
                Case.different(
                        "two pairs of duplicates, which a hash by exclusive or would take for none",
                        pairs + "INSERT INTO t VALUES (1, 2), (1, 2)",
                        pairs + "INSERT INTO t VALUES (3, 4), (3, 4)"),
                Case.different("no row and a row of NULLs", pairs, pairs + "INSERT INTO t VALUES (NULL, NULL)"),
                Case.different(
                        "rows without columns",
                        "CREATE TABLE t (); INSERT INTO t DEFAULT VALUES",
                        "CREATE TABLE t (); INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES"),
                Case.same(
                        "a column that was dropped and added again",
                        pairs + "INSERT INTO t VALUES (1, 2), (3, 4)",
                        pairs + "INSERT INTO t VALUES (1, 2), (3, 4); ALTER TABLE t DROP a; ALTER TABLE t ADD a int;"
                                + " UPDATE t SET a = b - 1"));
    }

    private static Stream<Case> numbers() {
        return Stream.of(
                Case.values("float8", "'NaN'", "NULL"),
                Case.sameValues("float8", "'NaN'", "'nan'"),
                Case.values("float8", "'0'", "'-0'"),
                Case.values("float4", "'0'", "'-0'"),
                Case.values("float8", "0.1", "0.1::float4"),
                Case.values("float8", "'Infinity'", "'-Infinity'"),
                Case.values("numeric", "'NaN'", "0"),
                Case.values("numeric", "1.0", "1.00"),
                Case.sameValues("numeric(6, 2)", "1.0", "1.00"),
                Case.values("int", "0", "NULL"),
                Case.values("boolean", "false", "NULL"),
                Case.values("int4range", "'[1,2)'", "'[1,3)'"),
                Case.sameValues("int4range", "'[1,3)'", "'(0,2]'"),
                Case.values("int4range", "'empty'", "NULL"),
                Case.values("int4range", "'(,1)'", "'(,)'"),
                Case.values("numrange", "'[1,2)'", "'[1,2]'"),
                Case.values("int4multirange", "'{[1,2),[3,4)}'", "'{[1,4)}'"));
    }

    private static Stream<Case> texts() {
        return Stream.of(
                Case.values("text", "NULL", "''"),
                Case.values("text", "''", "' '"),
                Case.values("text", "'a'", "'A'"),
                Case.values("char(3)", "NULL", "''"),
                Case.values("text", "'é'", "E'e\\u0301'"),
                Case.different(
                        "a text that moves over the border of two columns",
                        "CREATE TABLE t (a text, b text); INSERT INTO t VALUES ('ab', 'c')",
                        "CREATE TABLE t (a text, b text); INSERT INTO t VALUES ('a', 'bc')"),
                Case.values("bytea", "'\\x'", "NULL"),
                Case.values("bytea", "'\\x00'", "'\\x0000'"),
                Case.values("jsonb", "'{\"a\": null}'", "'{}'"),
                Case.values("jsonb", "'null'", "NULL"),
                Case.sameValues("jsonb", "'{\"b\": 1, \"a\": [1, 2]}'", "'{\"a\":[1,2],\"b\":1}'"),
                Case.values("jsonb", "'[1, 2]'", "'[2, 1]'"),
                Case.values("jsonb", "'{\"a\": 1}'", "'{\"a\": \"1\"}'"),
                Case.values("json", "'{\"b\": 1, \"a\": 2}'", "'{\"a\": 2, \"b\": 1}'"));
    }

    private static Stream<Case> structures() {
        String pair = "DROP TYPE IF EXISTS pair CASCADE; CREATE TYPE pair AS (a text, b int); CREATE TABLE t (v pair);";
        String mood =
                "DROP TYPE IF EXISTS mood CASCADE; CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (v mood[]);";
        return Stream.of(
                Case.values("int[]", "'{1,2}'", "'{2,1}'"),
                Case.values("int[]", "'{}'", "NULL"),
                Case.values("int[]", "'{NULL}'", "'{}'"),
                Case.values("int[]", "'{1,NULL}'", "'{NULL,1}'"),
                Case.values("int[]", "'{1,2,3,4}'", "'{{1,2},{3,4}}'"),
                Case.values("int[]", "'{{1,2},{3,4}}'", "'{{1,2,3,4}}'"),
                Case.values("int[]", "'[0:1]={1,2}'", "'{1,2}'"),
                Case.values("text[]", "'{NULL}'", "'{\"NULL\"}'"),
                Case.values("text[]", "'{\"\"}'", "'{NULL}'"),
                Case.values("text[]", "'{\"a,b\"}'", "'{a,b}'"),
                Case.values("float8[]", "'{0}'", "'{-0}'"),
                Case.values("jsonb[]", "ARRAY['{}'::jsonb]", "ARRAY['[]'::jsonb]"),
                Case.different(
                        "composite: NULL and empty text",
                        pair + "INSERT INTO t VALUES (ROW('', 1))",
                        pair + "INSERT INTO t VALUES (ROW(NULL, 1))"),
                Case.different(
                        "composite: NULL and a row of NULLs",
                        pair + "INSERT INTO t VALUES (ROW(NULL, NULL))",
                        pair + "INSERT INTO t VALUES (NULL)"),
                Case.different(
                        "composite: other values",
                        pair + "INSERT INTO t VALUES (ROW('1', 2))",
                        pair + "INSERT INTO t VALUES (ROW('2', 1))"),
                Case.same(
                        "composite of a type that was made anew",
                        pair + "INSERT INTO t VALUES (ROW('1', 2))",
                        pair + "INSERT INTO t VALUES (ROW('1', 2))"),
                Case.same(
                        "array of an enum that was made anew",
                        mood + "INSERT INTO t VALUES ('{sad,ok}')",
                        mood + "INSERT INTO t VALUES ('{sad,ok}')"),
                Case.different(
                        "array of an enum",
                        mood + "INSERT INTO t VALUES ('{sad,ok}')",
                        mood + "INSERT INTO t VALUES ('{ok,sad}')"));
    }

    private static Stream<Case> times() {
        return Stream.of(
                Case.sameValues("timestamptz", "'2024-03-31 12:00+00'", "'2024-03-31 14:00+02'"),
                Case.values("timestamptz", "'2024-03-31 12:00+00'", "'2024-03-31 12:00+02'"),
                Case.values("timetz", "'12:00+00'", "'14:00+02'"),
                Case.values("timestamp", "'infinity'", "NULL"),
                Case.values("timestamp", "'2024-01-01 00:00:00.000001'", "'2024-01-01'"),
                Case.values("interval", "'1 day'", "'24 hours'"),
                Case.values("interval", "'1 month'", "'30 days'"),
                Case.values("date", "'0044-03-15 BC'", "'0044-03-15'"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsTablesApart(Case tables) throws SQLException {
        TableFingerprint one = fingerprint(tables.one());
        TableFingerprint other = fingerprint(tables.other());

        assertThat(one.equals(other)).isEqualTo(tables.equal());
    }

    @Test
    void seesTheSameInstantUnderAnyTimeZoneAndStyle() throws SQLException {
        String values = "CREATE TABLE t (a timestamptz, b tstzrange, c timestamptz[], d interval, e bytea, f float8[]);"
                + " INSERT INTO t VALUES ('2024-03-31 01:30+00', '[2024-03-31 01:30+00,2024-10-27 01:30+00]',"
                + " '{2024-03-31 01:30+00}', '1 mon -2 days 03:00', '\\x00ff', '{0.1}')";
        TableFingerprint first = fingerprint(values);

        execute("ALTER DATABASE " + name + " SET TimeZone = 'Asia/Kathmandu'; ALTER DATABASE " + name
                + " SET DateStyle = 'German'; ALTER DATABASE " + name + " SET IntervalStyle = 'sql_standard';"
                + " ALTER DATABASE " + name + " SET bytea_output = 'escape'; ALTER DATABASE " + name
                + " SET extra_float_digits = 0");

        assertThat(fingerprint()).isEqualTo(first);
    }

    @Test
    void looksAtBytesWhereACollationTakesTextsForEqual() throws SQLException {
        String table =
                "DROP COLLATION IF EXISTS blind; CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2',"
                        + " deterministic = false); CREATE TABLE t (v text COLLATE blind);";

        assertThat(fingerprint(table + "INSERT INTO t VALUES ('a')"))
                .isNotEqualTo(fingerprint(table + "INSERT INTO t VALUES ('A')"));
    }

    @Test
    void looksAtEveryColumnOfAVeryWideRow() throws SQLException {
        String columns =
                IntStream.range(0, 1_200).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
        String values = IntStream.range(0, 1_200).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        TableFingerprint first = fingerprint("CREATE TABLE t (" + columns + "); INSERT INTO t VALUES (" + values + ")");

        execute("UPDATE t SET c1199 = 0");

        assertThat(fingerprint()).isNotEqualTo(first);
        assertThat(RowPicture.of(database, new QuietContext())
                        .tables()
                        .get("public.t")
                        .columns())
                .hasSize(1_200);
    }

    @Test
    void readsAHundredMegabytesInOneRow() throws SQLException {
        TableFingerprint first = fingerprint("CREATE TABLE t (a text, b bytea);"
                + " ALTER TABLE t ALTER a SET STORAGE EXTERNAL; ALTER TABLE t ALTER b SET STORAGE EXTERNAL;"
                + " INSERT INTO t VALUES (repeat('x', 50000000) || 'y', convert_to(repeat('z', 50000000), 'UTF8'))");

        execute("UPDATE t SET a = repeat('x', 50000000) || 'z'");

        assertThat(first.rows()).isEqualTo(1);
        assertThat(fingerprint()).isNotEqualTo(first);
    }

    private TableFingerprint fingerprint(String sql) throws SQLException {
        execute(REMAKE + sql);
        return fingerprint();
    }

    private TableFingerprint fingerprint() throws SQLException {
        List<TableFingerprint> all = database.observations().rows(database, new QuietContext());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
