package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.revision.Change;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.Script;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects of Sqitch, good and bad. */
class SqitchLayoutTest {
    private static final String BY = " 2026-01-31T12:00:00Z A <a@b.c>\n";

    @TempDir
    Path directory;

    @BeforeEach
    void withoutOtherConfiguration() throws IOException {
        file("none.conf", "");
    }

    private Sqitch sqitch() {
        return new Sqitch(Map.of(
                "HOME",
                directory.toString(),
                "SQITCH_SYSTEM_CONFIG",
                "none.conf",
                "SQITCH_ORIG_SYSUSER",
                "nobody-here"));
    }

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void plan(String... lines) throws IOException {
        file("sqitch.plan", "%project=x\n\n" + String.join(BY, lines) + BY);
    }

    private static String text(Script script) throws IOException {
        StringWriter text = new StringWriter();
        try (Reader reader = script.open()) {
            reader.transferTo(text);
        }
        return text.toString();
    }

    private static String text(Change change) throws IOException {
        return text(((Change.Sql) change).script());
    }

    @Test
    void callsAReworkedChangeByItsTag() throws IOException {
        plan("users", "@v1", "other", "@v2", "users [users@v1]");
        file("deploy/users@v1.sql", "BEGIN;\nSELECT 1;\nCOMMIT;");
        file("revert/users@v1.sql", "BEGIN;\n-- nothing; yet\nCOMMIT;");
        file("verify/users@v1.sql", "SELECT 0;");
        file("deploy/other.sql", "SELECT 2;");
        file("deploy/users.sql", "SELECT 3;");
        file("revert/users.sql", "SELECT 4;");
        file("verify/users.sql", "SELECT 5;");

        List<Revision> revisions = sqitch().read(directory);

        assertThat(revisions).extracting(Revision::id).containsExactly("users@v1", "other", "users");
        assertThat(revisions)
                .extracting(Revision::parents)
                .containsExactly(List.of(), List.of("users@v1"), List.of("other"));
        assertThat(revisions).extracting(each -> each.upgrade().transactional()).containsExactly(true, false, false);
        assertThat(revisions).extracting(Revision::reversible).containsExactly(false, false, true);
        assertThat(sqitch().verifications(directory)).containsOnlyKeys("users");
        assertThat(Layouts.recognising(directory)).containsExactly(Layouts.SQITCH);
    }

    @Test
    void takesTheDirectoriesAndTheVariablesOfTheTarget() throws IOException {
        file("sqitch.conf", """
                [core]
                  engine = pg # comment
                  top_dir = db
                [engine "pg"]
                  target = prod
                  registry = "my registry"
                [target "prod"]
                  uri = db:pg:x
                  extension = ddl
                [Core "variables"]
                  Owner = a;b
                  both = core
                [engine "pg.variables"]
                  both = engine
                [user]
                  name = A \\"quoted\\" name
                """);
        file("db/sqitch.plan", "%project=x\n\na/b" + BY);
        file("db/deploy/a/b.ddl", ":Owner :both :registry");

        assertThat(text(sqitch().read(directory).get(0).upgrade())).isEqualTo("a;b engine my registry");
        assertThat(sqitch().settings(directory))
                .containsEntry(SqitchProperties.REGISTRY, "my registry")
                .containsEntry(SqitchProperties.COMMITTER_NAME, "A \"quoted\" name")
                .hasEntrySatisfying(
                        SqitchProperties.COMMITTER_EMAIL,
                        email -> assertThat(email).startsWith("nobody-here@"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT :v, :'v', :"q", :{x; | SELECT it's, 'it''s', "a""b", :{x;
            SELECT a::v, b[1:v2], ':v', E'\\':v', ":v"; | SELECT a::v, b[1:v2], ':v', E'\\':v', ":v";
            -- :v\\n/* :v /* */ :v */ $$ :v $$ $a$ :v $$ $a$ x$v$ :n | -- :v\\n/* :v /* */ :v */ $$ :v $$ $a$ :v $$ $a$ x$v$ 7
            COPY t (a) FROM stdin;\\n:v\\t'\\n\\.\\nSELECT :n; | COPY t (a) FROM stdin;\\n:v\\t'\\n\\.\\nSELECT 7;
            \\set ON_ERROR_STOP 1\\n\\set m :n 'a b'\\nSELECT :'m'; | \\n\\nSELECT '7a b';
            \\echo 'it is' :v\\nSELECT 1;\\n\\unset n\\n:n | \\nSELECT 1;\\n\\n:n
            SELECT 1 \\gset\\n\\i other.sql | SELECT 1 \\gset\\n\\i other.sql
            """)
    void readsScriptsAsPsql(String script, String expected) throws IOException {
        file("sqitch.conf", "[deploy \"variables\"]\nv = it's\nq = a\\\"b\nn = 7\n");
        plan("a");
        file("deploy/a.sql", script.replace("\\n", "\n").replace("\\t", "\t"));

        assertThat(text(sqitch().read(directory).get(0).upgrade()))
                .isEqualTo(expected.replace("\\n", "\n").replace("\\t", "\t"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT 1;\\n\\set AUTOCOMMIT off | :2: \\set AUTOCOMMIT off is not possible
            \\set ON_ERROR_STOP 0 | :1: \\set ON_ERROR_STOP 0 is not possible
            \\set x `date` | :1: the value after \\set
            SELECT 1,\\n:'nope'; | :2: there is no value for the variable nope
            """)
    void refusesWhatPsqlWouldDoInAnotherWay(String script, String message) throws IOException {
        plan("a");
        file("deploy/a.sql", script.replace("\\n", "\n"));

        assertThatThrownBy(() -> text(sqitch().read(directory).get(0).upgrade()))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("a.sql" + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %uri=y | :1: the pragma %project is missing
            \uFEFF%project=x | :1: the line is no pragma
            %project=x\\na T | :2: the line is no pragma
            %project=x:y | :1: "x:y" is no name of a project
            %project=x\\n\\n@a T | :3: there is no change before tag @a
            %project=x\\n\\na- T | :3: the line is no change and no tag
            %project=x\\n\\na | :3: the time is missing
            %project=x\\n\\na 2026-13-31T12:00:00Z A <a> | :3: there is no time 2026-13-31T12:00:00Z
            %project=x\\n\\na 2026-12-31T12:00:00Z | :3: the name and the address of the planner is missing
            %project=x\\n\\nHEAD T | :3: "HEAD" can't be a name
            %project=x\\n\\na T\\na T | :4: change a is there a second time, after line 3
            %project=x\\n\\na T\\n@v T\\n@v T | :5: tag @v is there a second time, after line 4
            %project=x\\n\\na T\\n@v [a] T | :4: a tag has no slash in its name and no dependencies
            %project=x\\n\\na [b] T\\nb T | :3: change a requires b, which is not before it
            %project=x\\n\\na [a] T | :3: change a requires itself
            %project=x\\n\\na T\\nb [!a] T | :4: change b conflicts with a, which is deployed before it
            %project=x\\n\\na [!b] T | :3: change a conflicts with b, which is not in the plan
            %project=x\\n\\na [y:b] T | :3: "y:b" is of another project
            %project=x\\n\\na [b c:] T | :3: "c:" is no dependency
            %project=x\\n\\na T\\nb [a a] T | :4: the dependency a is there a second time
            %project=x\\n\\na T\\nb [a@v] T | :4: change b requires a@v, which is not before it
            %project=x\\n\\nmissing T | :3: change missing has no script
            """)
    void refusesAPlanThatSqitchRefusesWithTheLine(String plan, String message) throws IOException {
        file("sqitch.plan", plan.replace("\\n", "\n").replace(" T", BY.stripTrailing()) + "\n");
        file("deploy/a.sql", "SELECT 1;");
        file("deploy/b.sql", "SELECT 1;");

        assertThatThrownBy(() -> sqitch().read(directory))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("sqitch.plan" + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [core]\\nengine = mysql | sqitch.conf:2: the engine is mysql
            [core]\\ntarget = t\\n[target "t"]\\nuri = db:sqlite:x | sqitch.conf:4: the engine is sqlite
            engine = pg | sqitch.conf:1: the line is no key = value
            [core | sqitch.conf:1: the line begins like a section
            [core]\\n\\nplan_file = "x | sqitch.conf:3: the quote that begins here has no end
            [core]\\nplan_file = x.plan | x.plan: there is no such plan
            """)
    void refusesAConfigurationThatItCannotUnderstand(String configuration, String message) throws IOException {
        plan("a");
        file("deploy/a.sql", "SELECT 1;");
        file("sqitch.conf", configuration.replace("\\n", "\n"));

        assertThatThrownBy(() -> sqitch().read(directory))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNotUtf8WithFileAndLine() throws IOException {
        plan("a");
        Path file = Files.createDirectories(directory.resolve("deploy")).resolve("a.sql");
        Files.write(file, "SELECT 1;\nSELECT 'ä';".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> sqitch().read(directory))
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("a.sql:2");
    }
}
