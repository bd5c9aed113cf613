package dev.belay.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptChecksumTest {
    static Stream<List<String>> sayTheSame() {
        return Stream.of(
                List.of(
                        "SELECT 1;",
                        "select   1 ; -- x",
                        "SELECT 1",
                        "\uFEFFSELECT/* x */1;;",
                        "/* SELECT 2 */\r\nselect\f1"),
                List.of("a=-1", "a = -1", "A=- 1", "a=--\n-1"),
                List.of("SELECT $$x$$", "SELECT $tag$x$tag$"),
                List.of("SELECT E'a', U&'b', N'c', X'd', B'1'", "select e'a',u&'b',n'c',x'd',b'1'"),
                List.of("f($$a\nb$$, 'c\nd', \"e\nf\")", "f($$a\r\nb$$, 'c\r\nd', \"e\r\nf\")"),
                List.of("COPY t FROM STDIN;\na\nb\n\\.\nx;", "copy T\r\nfrom stdin ; -- data\r\na\r\nb\r\n\\.\r\nX"),
                List.of("x;\n\\restrict a\ny", "x;y"),
                List.of("", ";", "-- nothing"));
    }

    @ParameterizedTest
    @MethodSource("sayTheSame")
    void isTheSameForScriptsThatSayTheSame(List<String> scripts) {
        assertThat(scripts.stream().map(ScriptChecksum::of).distinct()).hasSize(1);
    }

    @Test
    void isAnotherForEveryScriptThatSaysAnotherThing() {
        List<String> scripts = List.of(
                "",
                "SELECT 1",
                "SELECT 2",
                "SELECT 1.0",
                "SELECT 1e0",
                "SELECT 1E0",
                "SELECT '1'",
                "SELECT \"1\"",
                "SELECT $$1$$",
                "SELECT $1",
                "SELECT E'1'",
                "SELECT N'1'",
                "SELECT X'1'",
                "SELECT B'1'",
                "SELECT U&'1'",
                "SELECT U&\"1\"",
                "SELECT; 1",
                "SELECT1",
                "SELE CT 1",
                "SELECT (1)",
                "SELECT -1",
                "SELECT +1",
                "SELECT @-1",
                "SELECT @ -1",
                "SELECT 1 2",
                "SELECT 12",
                "SELECT a",
                "SELECT \"a\"",
                "SELECT \"A\"",
                "SELECT 'a'",
                "SELECT 'A'",
                "SELECT ' a'",
                "SELECT 'a b'",
                "SELECT 'a  b'",
                "SELECT 'a', 'b'",
                "SELECT 'a'', ''b'",
                "SELECT 'a' 'b'",
                "SELECT 'a''b'",
                "SELECT '--'",
                "SELECT ''",
                "SELECT $$a b$$",
                "SELECT $$a  b$$",
                "SELECT $$a -- x\nb$$",
                "SELECT \u00e9",
                "SELECT \u00c9",
                "SELECT e\u0301",
                "SELECT 'a\rb'",
                "SELECT 'a\nb'",
                "SELECT a <> b",
                "SELECT a != b",
                "SELECT a < > b",
                "SELECT a::b",
                "SELECT 1..2",
                "SELECT 1 . .2",
                "COPY t FROM STDIN",
                "COPY t FROM STDIN;\na\n\\.",
                "COPY t FROM STDIN;\nA\n\\.",
                "COPY t FROM STDIN;\na \n\\.",
                "COPY t FROM STDIN;\na\nx\n\\.",
                "COPY t FROM STDIN;\na\n\\.\nx",
                "SELECT '\uD83D\uDE00'",
                "SELECT '\uD83D'");
        Map<String, String> seen = new HashMap<>();
        for (String script : scripts) {
            assertThat(seen.put(ScriptChecksum.of(script), script)).as(script).isNull();
        }
    }

    @Test
    void staysWhatItWasInEveryRelease() {
        assertThat(ScriptChecksum.of("CREATE TABLE t (a int DEFAULT 1, \"B\" text); -- x\nSELECT $x$ y $x$"))
                .isEqualTo(PINNED);
    }

    private static final String PINNED = "56ca2698e0cddb0fb864bc37630b6f99b9282dfa657451fb8f3370f621cdddaf";
}
