package dev.belay.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "head",
                "heads",
                "base",
                "+1",
                "-12",
                "4",
                "4f2a9c01",
                "4f2a+2",
                "4f2a-1",
                "head-1",
                "1.5",
                "V1__a-b",
                "1.5-2",
                "ABCD",
                "größe", // Sqitch takes a change of any letters
                "４",
                "ı"
            })
    void acceptsTheGrammar(String text) {
        assertThat(Target.of(text)).hasToString(text).isEqualTo(Target.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "-",
                "+0",
                "-0",
                "abcd+0",
                "++1",
                "+1+1",
                "HEAD",
                "ab cd",
                "heads-1",
                "base+1",
                "+9999999",
                "head ",
                "a'b",
                "a;b"
            })
    void refusesWhatIsNoTarget(String text) {
        assertThatThrownBy(() -> Target.of(text))
                .isInstanceOf(InvalidTargetException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("ID+N");
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "heads", "base", "+1", "abcd+1"})
    void refusesWhatIsNoRevision(String text) {
        assertThatThrownBy(() -> Target.revision(text)).isInstanceOf(InvalidTargetException.class);
    }

    @Test
    void namesTheFixedOnes() {
        assertThat(Target.head()).isEqualTo(Target.of("head"));
        assertThat(Target.heads()).isEqualTo(Target.of("heads"));
        assertThat(Target.base()).isEqualTo(Target.of("base"));
        assertThat(Target.revision("abcd")).isEqualTo(Target.of("abcd")).isNotEqualTo(Target.of("abc"));
    }
}
