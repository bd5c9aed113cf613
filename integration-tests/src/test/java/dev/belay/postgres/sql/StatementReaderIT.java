package dev.belay.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Splits what the real psql splits, and compares. */
class StatementReaderIT {
    private static final int RANDOM_SCRIPTS = 2_000;
    private static final int BATCH = 200;
    private static final long SEED = 20_261_121L;

    /** Statements that are tricky at the start, in the middle and at the end of others. */
    private static final List<String> PIECES = List.of(
            "SELECT 1",
            "SELECT 'a;b'",
            "'it''s;'",
            "'\\'",
            "E'\\';'",
            "e'\\\\'",
            "E'a\\\n;'",
            "U&'\\0041;'",
            "U&\"q;\"",
            "B'0;'",
            "X'f;'",
            "N'n;'",
            "\"a;\"",
            "\"a;\"\"b\"",
            "'\n;\n\n;'",
            "'--'",
            "'/*'",
            "\"/*\"",
            "$$a;b$$",
            "$a$b;$b$;$$;$a$",
            "$a$x$$a$",
            "$a$ $a $a$",
            "$_1$;$_1$",
            "$\u00e9$;$\u00e9$",
            "a$b$",
            "a$$",
            "$1",
            "$1$$;$$",
            " 12$a$;$a$ ",
            "$a ",
            "$a-",
            "/* ; */",
            "/* /* ; */ ; */",
            "/***;**/",
            "/*/;*/",
            "/* */*",
            "/*//*;*/*/",
            "-- ; '\n",
            "--\r",
            "-- \" $$\n",
            "--/*\n",
            "+--;\n",
            "@-/*;*/",
            "*/*;*/",
            "<>",
            "=-",
            "@-",
            "- -",
            "/ *",
            "(",
            ")",
            "(SELECT 1; SELECT 2)",
            "CREATE RULE r AS ON INSERT TO nope DO (SELECT 1; SELECT 2)",
            "[1:2]",
            "[i:j]",
            "a::int",
            "f(x := 1)",
            "json_object('k':v)",
            ";",
            ";",
            ";",
            ";\n",
            ";\r\n",
            ";;",
            "CREATE FUNCTION",
            "CREATE OR REPLACE PROCEDURE p()",
            ";CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END",
            ";create procedure p() begin atomic select case when true then 1 end; end;",
            ";CREATE OR REPLACE FUNCTION f(begin int) BEGIN ATOMIC;",
            "END;",
            "END",
            "CASE",
            "case end",
            "create",
            "function",
            "procedure",
            "or replace",
            ";ROLLBACK;COPY cp FROM STDIN;\nq;'\n\"\n\\.\n",
            ";ROLLBACK;copy cp (a) from stdin csv; SELECT 5\n$$\n\\.\r\n",
            ";ROLLBACK;COPY cp FROM STDIN /* ; */; COPY cp FROM STDOUT; -- x;\n1\n\\.\n2\n \\.\n\\.\n",
            "\n\n",
            " \f\t",
            "\u00e9t\u00e9",
            "\uD83D\uDE00;",
            "fooE'\\'",
            "1e5",
            "1..2",
            ".5",
            "E'a'\n'\\'",
            "E'a' \r'\\';'",
            "E'a'\n\r'\\';'",
            "E'a' -- x\r'\\';'",
            "E'a'\n\n'\\'");

    private static final List<String> GLUE = List.of(" ", " ", "\n", "\r\n", "\r", "\t", "");

    private static PostgresServer server;
    private static String database;
    private static PsqlRecorder recorder;

    @TempDir
    Path directory;

    @BeforeAll
    static void findPsql() throws SQLException {
        server = PostgresServers.shared();
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(Path::of);
        Path psql = Stream.concat(server.programs().stream(), onPath)
                .map(folder -> folder.resolve("psql"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        Assumptions.assumeTrue(Files.isExecutable(psql) && Files.isRegularFile(psql), "no psql is installed");
        database = server.createUniqueDatabase("splitting");
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE cp (a text)");
        }
        recorder = new PsqlRecorder(server, database, psql);
    }

    @AfterAll
    static void dropDatabase() {
        if (database != null) {
            server.dropDatabase(database);
        }
    }

    @Test
    void splitsEachTrickyPieceWherePsqlDoes() throws IOException, InterruptedException {
        List<String> scripts = new ArrayList<>();
        for (String piece : PIECES) {
            for (String script : List.of(piece, "\uFEFFx " + piece + " y;\nz;", "SELECT a " + piece + "\n; SELECT 2")) {
                if (isWellFormed(script)) {
                    scripts.add(script);
                }
            }
        }
        assertThat(scripts).hasSizeGreaterThan(200);
        compare(scripts);
    }

    @Test
    void splitsRandomScriptsWherePsqlDoes() throws IOException, InterruptedException {
        Random random = new Random(SEED);
        List<String> batch = new ArrayList<>();
        for (int compared = 0; compared < RANDOM_SCRIPTS; ) {
            String script = randomScript(random);
            if (isWellFormed(script)) {
                batch.add(script);
                compared++;
            }
            if (batch.size() == BATCH) {
                compare(batch);
                batch.clear();
            }
        }
    }

    private static String randomScript(Random random) {
        StringBuilder script = new StringBuilder();
        for (int i = random.nextInt(12) + 2; i > 0; i--) {
            script.append(PIECES.get(random.nextInt(PIECES.size())));
            script.append(GLUE.get(random.nextInt(GLUE.size())));
        }
        return script.toString();
    }

    /** What never ends is refused by us, while psql sends it. */
    private static boolean isWellFormed(String script) throws IOException {
        try {
            ours(script);
            return true;
        } catch (SqlSyntaxException e) {
            return false;
        }
    }

    private void compare(List<String> scripts) throws IOException, InterruptedException {
        List<List<PsqlRecorder.Query>> sent = recorder.run(scripts, directory);
        assertThat(sent).hasSameSizeAs(scripts);
        for (int i = 0; i < scripts.size(); i++) {
            List<String[]> ours = ours(scripts.get(i));
            List<PsqlRecorder.Query> theirs =
                    sent.get(i).stream().filter(query -> !query.empty).toList();
            String description = "script " + scripts.get(i).replace("\r", "\\r") + "\nours: "
                    + ours.stream().map(s -> s[0]).toList() + "\npsql: "
                    + theirs.stream().map(q -> q.text).toList();
            assertThat(ours).as(description).hasSameSizeAs(theirs);
            for (int j = 0; j < theirs.size(); j++) {
                assertThat(isSame(ours.get(j)[0], theirs.get(j).text))
                        .as(description)
                        .isTrue();
                assertThat(ours.get(j)[1])
                        .as(description)
                        .isEqualTo(withoutMarker(theirs.get(j).data.toString()));
            }
        }
    }

    /** psql leaves out empty lines and comments before a statement, and keeps comments around it. */
    private static boolean isSame(String ours, String theirs) {
        String expected = squeeze(ours);
        String sent = squeeze(theirs);
        int at = sent.indexOf(expected);
        while (at >= 0) {
            String prefix = sent.substring(0, at);
            String suffix = sent.substring(at + expected.length());
            if ((prefix.isEmpty() || prefix.startsWith("/*")) && suffix.matches("(?s)(/\\*.*|--.*)?;?")) {
                return true;
            }
            at = sent.indexOf(expected, at + 1);
        }
        return false;
    }

    private static String squeeze(String text) {
        return text.replaceAll("[ \\t\\r\\n\\f\\x0B]", "");
    }

    private static String withoutMarker(String data) {
        return data.replaceFirst("(^|\n)\\\\\\.\r?\n$", "$1");
    }

    private static List<String[]> ours(String script) throws IOException {
        List<String[]> statements = new ArrayList<>();
        try (StatementReader reader = StatementReader.of(script, "script")) {
            while (reader.hasNext()) {
                SqlStatement statement = reader.next();
                StringWriter data = new StringWriter();
                if (statement.copyData().isPresent()) {
                    try (Reader in = statement.copyData().orElseThrow()) {
                        in.transferTo(data);
                    }
                }
                statements.add(new String[] {statement.text(), data.toString()});
            }
        }
        return statements;
    }
}
