package dev.belay.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatementReaderTest {
    static Stream<Arguments> splits() {
        return Stream.of(
                split("SELECT 1; SELECT 2;", "SELECT 1", "SELECT 2"),
                split("SELECT 1", "SELECT 1"),
                split(""),
                split(" ;; /* ; */ ; -- ;\n"),
                split("\uFEFFSELECT 1;", "SELECT 1"),
                split("SELECT ';'; SELECT 2", "SELECT ';'", "SELECT 2"),
                split("SELECT 'it''s;'; x", "SELECT 'it''s;'", "x"),
                split("SELECT '\\'; x", "SELECT '\\'", "x"),
                split("SELECT E'\\';'; x", "SELECT E'\\';'", "x"),
                split("SELECT e'\\\\'; x", "SELECT e'\\\\'", "x"),
                split("SELECT fooE'\\'; x", "SELECT fooE'\\'", "x"),
                split("SELECT U&'\\0041;'; x", "SELECT U&'\\0041;'", "x"),
                split("SELECT U&\"a;b\"; x", "SELECT U&\"a;b\"", "x"),
                split("SELECT B'0;1', X'F;', N'n;'; x", "SELECT B'0;1', X'F;', N'n;'", "x"),
                split("SELECT \"a;\"\"b;\"; x", "SELECT \"a;\"\"b;\"", "x"),
                split("SELECT $$a;b$$; x", "SELECT $$a;b$$", "x"),
                split("SELECT $a$b;$b$;$$;$a$; x", "SELECT $a$b;$b$;$$;$a$", "x"),
                split("SELECT $a$x$$a$; x", "SELECT $a$x$$a$", "x"),
                split("SELECT a$b$; c$b$; x", "SELECT a$b$", "c$b$", "x"),
                split("SELECT $1; $a; x", "SELECT $1", "$a", "x"),
                split("SELECT $\u00e9$;$\u00e9$; x", "SELECT $\u00e9$;$\u00e9$", "x"),
                split("SELECT 1$a$;$a$; x", "SELECT 1$a$;$a$", "x"),
                split("/* a /* ; */ ; */ SELECT /* ; */ 1 /* z */; x", "SELECT /* ; */ 1", "x"),
                split("SELECT 1 -- it's; \n + 2; x", "SELECT 1 -- it's; \n + 2", "x"),
                split("SELECT 1 +-- ;\r2; x", "SELECT 1 +-- ;\r2", "x"),
                split("SELECT 2*/* ; */3; x", "SELECT 2*/* ; */3", "x"),
                split("SELECT @-1; x", "SELECT @-1", "x"),
                split(
                        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); x",
                        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)",
                        "x"),
                split("SELECT 1); x", "SELECT 1)", "x"),
                split(
                        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; x",
                        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
                        "x"),
                split(
                        "create or replace procedure p() begin atomic; select 1; end; x",
                        "create or replace procedure p() begin atomic; select 1; end",
                        "x"),
                split("BEGIN; SELECT 1; END; x", "BEGIN", "SELECT 1", "END", "x"),
                split("CREATE TABLE f(\"begin\" int); x", "CREATE TABLE f(\"begin\" int)", "x"),
                split("SELECT a::int, b[1:2], c[i:j], f(x := 1); x", "SELECT a::int, b[1:2], c[i:j], f(x := 1)", "x"),
                split("SELECT JSON_OBJECT('a':b, k:v); x", "SELECT JSON_OBJECT('a':b, k:v)", "x"),
                split("\\restrict abc\nSELECT 1;\n\\unrestrict abc\nx", "SELECT 1", "x"),
                split("SELECT 1;\r\nSELECT 2;\r\n", "SELECT 1", "SELECT 2"),
                split("SELECT E'a'\r'\\';'; x", "SELECT E'a'\r'\\';'", "x"),
                split("SELECT E'a'\n'\\'; x", "SELECT E'a'\n'\\'", "x"));
    }

    private static Arguments split(String script, String... statements) {
        return Arguments.of(script, List.of(statements));
    }

    @ParameterizedTest
    @MethodSource("splits")
    void splits(String script, List<String> statements) {
        assertThat(texts(new StringReader(script))).isEqualTo(statements);
        assertThat(texts(oneByOne(script))).isEqualTo(statements);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("SELECT 1;\n  'a\nb", 2, 3, "string"),
                Arguments.of("x \"a", 1, 3, "quoted identifier"),
                Arguments.of("\n\nx /* /* */", 3, 3, "comment"),
                Arguments.of("x $a$ $b$", 1, 3, "dollar-quoted"),
                Arguments.of("E'\\'", 1, 1, "string"),
                Arguments.of("x (\n;(", 1, 3, "parenthesis"),
                Arguments.of("CREATE FUNCTION f()\nBEGIN ATOMIC SELECT 1;", 2, 1, "BEGIN"),
                Arguments.of("x;\n\\i secret.sql\n", 2, 1, "\\i is a command of psql"),
                Arguments.of("SELECT 1 \\gexec", 1, 10, "DO block"),
                Arguments.of("SELECT :name", 1, 8, "variable of psql"),
                Arguments.of("SELECT :'name'", 1, 8, "variable of psql"),
                Arguments.of("SELECT (:\"name\")", 1, 9, "variable of psql"),
                Arguments.of("SELECT [:{?name}]", 1, 9, "variable of psql"),
                Arguments.of("x;\ny\0", 2, 2, "NUL"),
                Arguments.of("COPY t FROM STDIN (FORMAT binary);", 1, 34, "binary"),
                Arguments.of("COPY BINARY t FROM STDIN;", 1, 25, "binary"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithThePlaceAndTheReason(String script, int line, int column, String reason) {
        assertThatThrownBy(() -> texts(new StringReader(script)))
                .isInstanceOfSatisfying(SqlSyntaxException.class, e -> {
                    assertThat(e.line()).isEqualTo(line);
                    assertThat(e.origin()).isEqualTo("V1.sql");
                })
                .hasMessageStartingWith("V1.sql, line " + line + ", column ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    @Test
    void streamsTheDataOfACopy() throws IOException {
        String script =
                "COPY t FROM STDIN; SELECT ';\n1\t'a\n\\.x\n\\.\n';\nCOPY u (\"from\") FROM stdin csv;\n\\.\r\nSELECT 3";
        StatementReader reader = new StatementReader(new StringReader(script), "V1.sql", 10);
        SqlStatement copy = reader.next();
        assertThat(copy.line()).isEqualTo(10);
        assertThat(data(copy)).isEqualTo("1\t'a\n\\.x\n");
        SqlStatement rest = reader.next();
        assertThat(rest.text()).isEqualTo("SELECT ';\n'");
        assertThat(rest.line()).isEqualTo(10);
        SqlStatement second = reader.next();
        assertThat(second.line()).isEqualTo(15);
        assertThat(data(second)).isEmpty();
        SqlStatement last = reader.next();
        assertThat(last).isEqualTo(new SqlStatement("SELECT 3", "V1.sql", 17, 4, last.copyData()));
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void endsTheDataOfACopyWithTheScript() throws IOException {
        assertThat(data(StatementReader.of("COPY t FROM STDIN;\na\nb", "x").next()))
                .isEqualTo("a\nb");
        assertThat(data(StatementReader.of("COPY t FROM STDIN;\na\n\\.", "x").next()))
                .isEqualTo("a\n");
        assertThat(data(StatementReader.of("COPY t FROM STDIN", "x").next())).isEmpty();
    }

    @Test
    void tellsACopyWithoutInlineData() {
        for (String script : List.of(
                "COPY (SELECT 1 FROM stdin) TO STDOUT",
                "COPY t FROM 'stdin'",
                "COPY t FROM PROGRAM 'x'",
                "COPY t TO STDOUT",
                "SELECT 1 AS copy FROM stdin",
                "COPY t (a, \"b\") TO STDIN")) {
            assertThat(StatementReader.of(script, "x").next().copyData())
                    .as(script)
                    .isEmpty();
        }
    }

    @Test
    void refusesToPassOverCopyData() throws IOException {
        StatementReader reader = StatementReader.of("COPY t FROM STDIN;\na\n\\.\nSELECT 1", "x");
        Reader data = reader.next().copyData().orElseThrow();
        assertThatIllegalStateException().isThrownBy(reader::hasNext).withMessageContaining("Read or close it");
        data.close();
        assertThat(reader.next().text()).isEqualTo("SELECT 1");
    }

    @Test
    void countsLinesAndStatements() {
        StatementReader reader = StatementReader.of("-- a\nSELECT '\n\n';;\n/*\n*/ SELECT $$\n$$;\n\nx", "x");
        List<Integer> lines = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        reader.forEachRemaining(s -> {
            lines.add(s.line());
            indexes.add(s.index());
        });
        assertThat(lines).containsExactly(2, 6, 9);
        assertThat(indexes).containsExactly(1, 2, 3);
    }

    @Test
    void keepsTokensWholeAcrossTheWindow() {
        for (String piece : List.of("'a''b'", "$tag$;$ta$tag$", "\"q;\"", "/* ;/**/ */ 1", "E'\\';'", "a - -- ;\n b")) {
            for (int pad = 32_750; pad < 32_790; pad++) {
                String statement = "SELECT " + "x".repeat(pad) + " " + piece;
                assertThat(texts(new StringReader(statement + "; z"))).containsExactly(statement, "z");
            }
        }
    }

    @Test
    void namesTheScriptThatCannotBeRead() {
        Reader broken = new Reader() {
            @Override
            public int read(char[] target, int offset, int length) throws IOException {
                throw new IOException("disk gone");
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        assertThatThrownBy(() -> new StatementReader(broken, "V9.sql"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("V9.sql");
    }

    static List<String> texts(Reader script) {
        List<String> texts = new ArrayList<>();
        try (StatementReader reader = new StatementReader(script, "V1.sql")) {
            reader.forEachRemaining(statement -> texts.add(statement.text()));
        }
        return texts;
    }

    private static String data(SqlStatement statement) throws IOException {
        StringWriter data = new StringWriter();
        statement.copyData().orElseThrow().transferTo(data);
        return data.toString();
    }

    private static Reader oneByOne(String script) {
        return new StringReader(script) {
            @Override
            public int read(char[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(1, length));
            }
        };
    }
}
